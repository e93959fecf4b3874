/**
 * The little web service that real pods run: it answers, can be made not ready, kept busy, or crashed, and it drains when it
 * is told to stop. It knows nothing of the simulator. {@link dev.wavetank.demo.DemoService} starts it,
 * {@link dev.wavetank.demo.Endpoints} lists what it answers; the same jar sends load, see {@code dev.wavetank.demo.load}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.demo;
