/**
 * The load generator: sends requests at moments that do not depend on the answers (an open loop), and writes down what became
 * of each. {@link dev.wavetank.demo.load.LoadCommand} is the command, {@link dev.wavetank.demo.load.LoadGenerator} keeps the
 * times, {@link dev.wavetank.demo.load.HttpConnection} is one TCP connection.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.demo.load;
