/** Text for the clipboard, wherever the page came from. @module */

/**
 * Puts a text into the clipboard; false when the browser does not let it. A page that another
 * computer serves without encryption has no clipboard to ask: there a selection is copied.
 */
export async function copied(text: string): Promise<boolean> {
  const { clipboard } = navigator as Partial<Navigator>;
  const written = clipboard?.writeText(text).then(() => true, () => false);
  return (await written ?? false) || selectionCopied(text);
}

function selectionCopied(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
