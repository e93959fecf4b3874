/** The cluster's clock over HTTP. */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.clock;
