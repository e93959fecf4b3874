/**
 * The cluster's objects as lean immutable values, and the store that holds them: uid, resourceVersion, generation, watches. Controllers do not live here. Start with {@code Store}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.model;
