/**
 * Errors of the HTTP API as problem details (RFC 9457).
 *
 * @module
 */

/** Statuses this server answers errors with, and their titles. */
const TITLES = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  413: "Too large",
  415: "Unsupported media type",
  422: "Cannot be run",
  500: "Internal error",
  503: "Busy",
  507: "Not kept",
} as const;
export type ProblemStatus = keyof typeof TITLES;

/** The answer for an error; `more` may name the file and the field. */
export function problem(
  status: ProblemStatus,
  detail: string,
  more: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: TITLES[status], status, detail, ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    },
  });
}
