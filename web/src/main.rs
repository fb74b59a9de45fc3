//! The page's entry.

fn main() {
    deployline_web::start();
}
