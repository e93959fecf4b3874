/**
 * What the EndpointSlice controller decides: which pods a slice lists and how ready each is, which ports they offer, and
 * how endpoints are packed into slices. The actor that watches and writes is elsewhere. Start with {@code
 * EndpointConditions}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.controllers.endpoints;
