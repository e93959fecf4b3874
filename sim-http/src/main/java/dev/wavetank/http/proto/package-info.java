/**
 * Reads the protobuf bodies that kubectl posts into the JSON the rest of the server works with. Start with
 * {@link dev.wavetank.http.proto.ProtobufBody}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.proto;
