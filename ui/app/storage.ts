/**
 * What the browser keeps for the dashboard: of every visit, or of this tab alone.
 *
 * @module
 */

/**
 * The storage of this name; null where the browser is told to keep nothing for a page. Even naming it
 * throws there, and the page has to work all the same: it only remembers nothing.
 */
export function storageOf(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return globalThis[name];
  } catch (error) {
    if (error instanceof DOMException && error.name === "SecurityError") return null;
    throw error;
  }
}
