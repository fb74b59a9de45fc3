/** A promise that is resolved or rejected from outside. A rejection that nobody awaits is not reported. */
export class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  isSettled = false;
  promise = new Promise<T>((resolve, reject) => {
    this.resolve = (value) => ((this.isSettled = true), resolve(value));
    this.reject = (error) => ((this.isSettled = true), reject(error));
  });

  constructor() {
    this.promise.catch(() => {});
  }
}
