//! Prints the page as it opens, so that its HTML holds the first picture: it is on the screen before
//! the WebAssembly is there, which then puts the living page in its place.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", deployline_web::prerender().await);
}
