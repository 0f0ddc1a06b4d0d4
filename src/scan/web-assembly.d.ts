/** The part of the WebAssembly JavaScript interface that we use (webassembly.github.io/spec/js-api). */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: BufferSource);
  }
  class Instance {
    readonly exports: unknown;
    constructor(module: Module);
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; views of the old buffer are detached. */
    grow(pages: number): number;
  }
}
