/** A promise from outside; that it breaks is no complaint where nobody waits for it. */
export class Deferred<T> {
  settle!: (value: T) => void;
  fail!: (error: Error) => void;
  isSettled = false;
  promise = new Promise<T>((settle, fail) => {
    this.settle = (value) => ((this.isSettled = true), settle(value));
    this.fail = (error) => ((this.isSettled = true), fail(error));
  });

  constructor() {
    this.promise.catch(() => {});
  }
}
