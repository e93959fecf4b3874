package dev.wavetank.http.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.Runtime.Unknown;
import java.io.IOException;

/**
 * A body of type {@code application/vnd.kubernetes.protobuf}: four bytes that name the format, then an envelope with
 * apiVersion and kind, then the object.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/runtime/serializer/protobuf.
 */
public final class ProtobufBody {

    /** The media type of such bodies. */
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] PREFIX = {'k', '8', 's', 0};

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProtobufBody() {}

    /** True if the body begins as such bodies do. */
    public static boolean isOne(byte[] body) {
        if (body.length < PREFIX.length) {
            return false;
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (body[i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The object in the body, as the same client would have sent it in JSON.
     *
     * @throws IllegalArgumentException if the body is broken or of a kind that has no protobuf form; the message is for people
     */
    public static ObjectNode read(byte[] body) {
        if (!isOne(body)) {
            throw new IllegalArgumentException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            // the generated parsers are old and warn of it; the descriptors do as well
            DynamicMessage envelope = DynamicMessage.parseFrom(
                    Unknown.getDescriptor(), ByteString.copyFrom(body, PREFIX.length, body.length - PREFIX.length));
            Message type = (Message) get(envelope, "typeMeta");
            String apiVersion = (String) get(type, "apiVersion");
            String kind = (String) get(type, "kind");
            ObjectNode object = JSON.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
            return object.setAll(content(envelope, apiVersion, kind));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the protobuf body is broken: " + e.getMessage(), e);
        }
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static ObjectNode content(Message envelope, String apiVersion, String kind)
            throws InvalidProtocolBufferException {
        ByteString raw = (ByteString) get(envelope, "raw");
        if (get(envelope, "contentType").equals("application/json")) {
            return json(raw);
        }
        Descriptor type = MessageTypes.of(apiVersion, kind);
        if (type == null) {
            throw new IllegalArgumentException(
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\"");
        }
        return MessageToJson.object(DynamicMessage.parseFrom(type, raw));
    }

    private static ObjectNode json(ByteString raw) {
        try {
            JsonNode read = JSON.readTree(raw.toByteArray());
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the JSON in the protobuf body is broken: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the JSON in the protobuf body is no object");
    }
}
