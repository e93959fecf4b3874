package dev.wavetank.http.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes protobuf messages of the Kubernetes API as JSON, by their descriptors.
 *
 * <p>Go writes every field that is no pointer, empty or not, where JSON leaves the empty ones out. A zero is therefore dropped,
 * unless the field is one where zero and nothing are two different things.
 */
final class MessageToJson {

    /** Fields that are pointers in Go, so that their zero was said on purpose. */
    private static final ImmutableSet<String> ZERO_COUNTS = ImmutableSet.of(
            "activeDeadlineSeconds",
            "allocateLoadBalancerNodePorts",
            "allowPrivilegeEscalation",
            "allowed",
            "automountServiceAccountToken",
            "averageUtilization",
            "backoffLimit",
            "backoffLimitPerIndex",
            "blockOwnerDeletion",
            "collisionCount",
            "completions",
            "controller",
            "defaultMode",
            "deletionGracePeriodSeconds",
            "enableServiceLinks",
            "exitCode",
            "expirationSeconds",
            "failedJobsHistoryLimit",
            "fsGroup",
            "gracePeriodSeconds",
            "hostUsers",
            "immutable",
            "leaseDurationSeconds",
            "leaseTransitions",
            "manualSelector",
            "maxFailedIndexes",
            "minReplicas",
            "mode",
            "optional",
            "orphanDependents",
            "parallelism",
            "partition",
            "privileged",
            "priority",
            "progressDeadlineSeconds",
            "readOnlyRootFilesystem",
            "ready",
            "replicas",
            "restartCount",
            "revisionHistoryLimit",
            "runAsGroup",
            "runAsNonRoot",
            "runAsUser",
            "seconds",
            "serving",
            "setHostnameAsFQDN",
            "shareProcessNamespace",
            "stabilizationWindowSeconds",
            "started",
            "startingDeadlineSeconds",
            "storageClassName",
            "successfulJobsHistoryLimit",
            "suspend",
            "terminatingReplicas",
            "terminating",
            "terminationGracePeriodSeconds",
            "tolerationSeconds",
            "ttlSecondsAfterFinished",
            "value");

    /** Fields whose message is a part of the one it is in, in JSON. */
    private static final ImmutableSet<String> INLINE = ImmutableSet.of(
            "Volume.volumeSource",
            "Probe.handler",
            "EphemeralContainer.ephemeralContainerCommon",
            "PersistentVolumeSpec.persistentVolumeSource",
            "RuleWithOperations.rule",
            "NamedRuleWithOperations.ruleWithOperations");

    private MessageToJson() {}

    static ObjectNode object(Message message) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                repeated(object, message, field);
            } else if (message.hasField(field)) {
                single(object, message.getField(field), field);
            }
        }
        return object;
    }

    private static void repeated(ObjectNode object, Message message, FieldDescriptor field) {
        int count = message.getRepeatedFieldCount(field);
        if (count == 0) {
            return;
        }
        if (field.isMapField()) {
            ObjectNode map = object.putObject(JsonNames.of(field));
            FieldDescriptor key = field.getMessageType().findFieldByName("key");
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            for (int i = 0; i < count; i++) {
                Message entry = (Message) message.getRepeatedField(field, i);
                JsonNode written = value(entry.getField(value), value);
                if (written != null) {
                    map.set(entry.getField(key).toString(), written);
                }
            }
            return;
        }
        ArrayNode list = object.putArray(JsonNames.of(field));
        for (int i = 0; i < count; i++) {
            JsonNode written = value(message.getRepeatedField(field, i), field);
            list.add(written == null ? JsonNodeFactory.instance.nullNode() : written);
        }
    }

    private static void single(ObjectNode object, Object value, FieldDescriptor field) {
        if (isInline(field)) {
            object.setAll(object((Message) value));
            return;
        }
        boolean zero = field.getJavaType() != JavaType.MESSAGE
                && (value.equals(field.getDefaultValue()) || value.equals(ByteString.EMPTY));
        if (zero && !ZERO_COUNTS.contains(field.getName())) {
            return;
        }
        JsonNode written = value(value, field);
        if (written != null) {
            object.set(JsonNames.of(field), written);
        }
    }

    private static boolean isInline(FieldDescriptor field) {
        return field.getName().equals("localObjectReference")
                || INLINE.contains(field.getContainingType().getName() + "." + field.getName());
    }

    /** A value as JSON has it; null for a time that is not set. */
    private static @Nullable JsonNode value(Object value, FieldDescriptor field) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (field.getJavaType()) {
            case BOOLEAN -> json.booleanNode((Boolean) value);
            case INT -> json.numberNode((Integer) value);
            case LONG -> number((Long) value);
            case DOUBLE -> json.numberNode((Double) value);
            case FLOAT -> json.numberNode((Float) value);
            case STRING -> json.textNode((String) value);
            case BYTE_STRING -> json.textNode(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> json.textNode(value.toString());
            case MESSAGE -> message((Message) value);
        };
    }

    /** A number as Jackson reads it, so that trees can be compared. */
    private static JsonNode number(long value) {
        return (int) value == value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static @Nullable JsonNode message(Message message) {
        if (WellKnown.has(message)) {
            return WellKnown.json(message);
        }
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        // a list that is a type of its own in Go, such as ExtraValue
        if (fields.size() == 1
                && fields.get(0).isRepeated()
                && fields.get(0).getName().equals("items")) {
            JsonNode items = object(message).path("items");
            return items.isArray() ? items : JsonNodeFactory.instance.arrayNode();
        }
        return object(message);
    }
}
