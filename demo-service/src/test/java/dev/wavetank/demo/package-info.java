@org.jspecify.annotations.NullMarked
package dev.wavetank.demo;
