/** A trace that is not whole; apart from its reader, which is loaded when there is one to read. @module */
export class TraceError extends Error {
  override name = "TraceError";
}
