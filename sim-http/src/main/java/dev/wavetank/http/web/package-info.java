/**
 * What all parts of the server share: how a group of routes joins it, what it lets in, and how long answers are streamed
 * without ever holding the simulation up. Read {@link dev.wavetank.http.web.Routes} first.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.web;
