/**
 * What keeps a simulated cluster alive behind a server: the one thread it runs on, and the tie between its clock and the
 * wall's. Knows nothing of HTTP. Read {@link dev.wavetank.http.host.ClusterHost} first.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.host;
