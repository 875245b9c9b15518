/**
 * The devices on the wire: XFS4IoT over WebSocket messages, without a socket.
 *
 *   client ─ Connection ─┐
 *   client ─ Connection ─┼─ Endpoint ─ device            /xfs4iot/v1.0/<service>
 *   client ─ Connection ─┼─ Endpoint ─ publisher         /xfs4iot/v1.0
 *
 * The same handlers answer here as in process; what this folder adds is what many strangers at a
 * socket need: frames judged before they are messages, ids of one's own, cancelling one's own, and
 * bounds on everything that could grow. Whoever has a socket lends it as a {@linkcode Wire}.
 *
 * @module
 */
export { Connection, REQUESTS_MAX, UNREAD_BYTES_MAX, type Wire } from "./connection.ts";
export { describeInterfaces, describePublisher, type InterfaceDescription } from "./describe.ts";
export { type Answering, Endpoint, type EndpointOptions } from "./endpoint.ts";
export { type Closing, JSON_DEPTH_MAX, MESSAGE_BYTES_MAX } from "./frame.ts";
export { createPublisher, VENDOR } from "./publisher.ts";
