/** Faces remembered by content, for runs that are too many to render them all. @module */
export { EMPTY_PAGES, entriesOn, Gallery, type GalleryPages, mergedPages } from "./gallery.ts";
export { hangPictures } from "./town.ts";
