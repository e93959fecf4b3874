@org.jspecify.annotations.NullMarked
package dev.wavetank.http.proto;
