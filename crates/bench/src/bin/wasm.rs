//! The same steps for Node, which times them: `wasm.mjs` calls what is here.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use deployline_bench::{Case, Input, Output, Step, prepare, run};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A step of a case, to be taken again and again.
    #[wasm_bindgen]
    pub struct Bench {
        case: Case,
        step: Step,
        input: Option<Input>,
        output: Option<Output>,
    }

    #[wasm_bindgen]
    impl Bench {
        /// Nothing where there is no such case or step.
        pub fn named(case: &str, n: usize, step: &str) -> Option<Bench> {
            let (case, step) = (Case::named(case, n)?, Step::named(step)?);
            Some(Self { case, step, input: None, output: None })
        }

        /// The module's `WebAssembly.Memory`.
        pub fn memory() -> JsValue {
            wasm_bindgen::memory()
        }

        /// Goes up to where the step begins.
        pub fn prepare(&mut self) {
            self.output = None;
            self.input = Some(prepare(self.step, &self.case));
        }

        /// Takes the step and keeps what it leads to.
        pub fn run(&mut self) {
            self.output = self.input.take().map(|input| run(&self.case, input));
        }

        /// Schedules the plan that a step led to, and keeps both.
        pub fn schedule(&mut self) {
            if let Some(Output::Plan(plan)) = self.output.take() {
                self.output = Some(run(&self.case, Input::Plan(plan)));
            }
        }
    }
}
