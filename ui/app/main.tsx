/** Where the browser begins. @module */
import { render } from "preact";
import { App } from "./app.tsx";

const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: index.html has no element app");
render(<App />, root);
