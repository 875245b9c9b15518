/**
 * What the browser keeps for the dashboard from one visit to the next.
 *
 * @module
 */

/**
 * Null where the browser is told to keep nothing for a page. Even naming the storage throws there, and the
 * page has to work all the same: it only remembers nothing.
 */
export function storage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException && error.name === "SecurityError") return null;
    throw error;
  }
}
