package dev.wavetank.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.wavetank.http.api.Resource.Subresource;
import dev.wavetank.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients which groups, versions and resources there are: all at once ("aggregated", with an ETag so that it need
 * not be sent twice), or one group version at a time.
 *
 * <p>Source: kubernetes 1.36 apiserver pkg/endpoints/discovery.
 */
final class Discovery {

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String AGGREGATED_BETA =
            "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final ResourceRegistry registry;

    Discovery(ResourceRegistry registry) {
        this.registry = registry;
    }

    /** Answers one of {@code /api}, {@code /apis} and what is below them up to a version; null for any other path. */
    @Nullable
    ApiResponse answer(ApiRequest request, List<String> path) {
        boolean legacy = path.get(0).equals("api");
        if (path.size() == 1) {
            return entry(request, legacy);
        }
        if (legacy) {
            return path.size() == 2 ? resources("", path.get(1)) : null;
        }
        Map<String, List<String>> groups = groups(false);
        if (path.size() == 2) {
            List<String> versions = groups.get(path.get(1));
            return versions == null ? null : ApiResponse.json(200, document(group(path.get(1), versions), "APIGroup"));
        }
        return path.size() == 3 ? resources(path.get(1), path.get(2)) : null;
    }

    private ApiResponse entry(ApiRequest request, boolean legacy) {
        String form = aggregatedForm(request);
        if (!form.isEmpty()) {
            byte[] body = Json.bytes(aggregated(legacy, form.equals(AGGREGATED) ? "v2" : "v2beta1"));
            String etag = "\"" + Hashing.sha512().hashBytes(body).toString().toUpperCase(Locale.ROOT) + "\"";
            if (etag.equals(request.header("if-none-match"))) {
                return new ApiResponse(304, form, Map.of("ETag", etag, "Vary", "Accept"), new byte[0], null);
            }
            return ApiResponse.json(200, body)
                    .withContentType(form)
                    .withHeader("ETag", etag)
                    .withHeader("Vary", "Accept");
        }
        if (legacy) {
            ObjectNode versions = document(Json.object(), "APIVersions");
            versions.putArray("versions").add("v1");
            ObjectNode address = versions.putArray("serverAddressByClientCIDRs").addObject();
            address.put("clientCIDR", "0.0.0.0/0").put("serverAddress", host(request));
            return ApiResponse.json(200, versions);
        }
        ObjectNode list = document(Json.object(), "APIGroupList");
        ArrayNode listed = list.putArray("groups");
        groups(false).forEach((name, versions) -> listed.add(group(name, versions)));
        return ApiResponse.json(200, list);
    }

    private static String host(ApiRequest request) {
        String host = request.header("host");
        return host == null ? "" : host;
    }

    private static String aggregatedForm(ApiRequest request) {
        String accept = request.header("accept");
        for (String each : accept == null ? new String[0] : accept.split(",")) {
            String form = each.replace(" ", "");
            if (form.contains("as=APIGroupDiscoveryList") && form.startsWith("application/json")) {
                if (form.contains("v=v2;") || form.endsWith("v=v2")) {
                    return AGGREGATED;
                }
                if (form.contains("v=v2beta1")) {
                    return AGGREGATED_BETA;
                }
            }
            if (form.equals("application/json") || form.equals("*/*")) {
                return "";
            }
        }
        return "";
    }

    /** Versions by group, in the order the registry has them. */
    private Map<String, List<String>> groups(boolean legacy) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Resource resource : registry.all()) {
            ResourceKind kind = resource.kind();
            if (kind.group().isEmpty() == legacy) {
                List<String> versions = groups.computeIfAbsent(kind.group(), name -> new ArrayList<>());
                if (!versions.contains(kind.version())) {
                    versions.add(kind.version());
                }
            }
        }
        return groups;
    }

    private static ObjectNode document(ObjectNode rest, String kind) {
        ObjectNode document = Json.object();
        document.put("kind", kind).put("apiVersion", "v1");
        document.setAll(rest);
        return document;
    }

    private static ObjectNode group(String name, List<String> versions) {
        ObjectNode group = Json.object();
        group.put("name", name);
        ArrayNode listed = group.putArray("versions");
        for (String version : versions) {
            listed.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        group.putObject("preferredVersion")
                .put("groupVersion", name + "/" + versions.get(0))
                .put("version", versions.get(0));
        return group;
    }

    private ObjectNode aggregated(boolean legacy, String version) {
        ObjectNode list = Json.object();
        list.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        groups(legacy).forEach((name, versions) -> {
            ObjectNode group = items.addObject();
            ObjectNode metadata = group.putObject("metadata");
            if (!name.isEmpty()) {
                metadata.put("name", name);
            }
            ArrayNode listed = group.putArray("versions");
            for (String each : versions) {
                ObjectNode described = listed.addObject();
                described.put("version", each);
                ArrayNode resources = described.putArray("resources");
                in(name, each).forEach(resource -> aggregated(resources.addObject(), resource));
                described.put("freshness", "Current");
            }
        });
        return list;
    }

    private List<Resource> in(String group, String version) {
        return registry.all().stream()
                .filter(resource -> resource.kind().group().equals(group)
                        && resource.kind().version().equals(version))
                .toList();
    }

    private static void aggregated(ObjectNode written, Resource resource) {
        written.put("resource", resource.kind().plural());
        responseKind(written, "", "", resource.kind().kind());
        written.put("scope", resource.kind().namespaced() ? "Namespaced" : "Cluster");
        written.put("singularResource", resource.singular());
        resource.verbs().forEach(written.putArray("verbs")::add);
        words(written, "shortNames", resource.shortNames());
        words(written, "categories", resource.categories());
        if (!resource.subresources().isEmpty()) {
            ArrayNode subresources = written.putArray("subresources");
            for (Subresource subresource : resource.subresources()) {
                ObjectNode part = subresources.addObject();
                part.put("subresource", subresource.name());
                responseKind(part, subresource.group(), subresource.version(), subresource.kind());
                subresource.verbs().forEach(part.putArray("verbs")::add);
            }
        }
    }

    private static void responseKind(ObjectNode written, String group, String version, String kind) {
        written.putObject("responseKind")
                .put("group", group)
                .put("version", version)
                .put("kind", kind);
    }

    private static void words(ObjectNode written, String name, List<String> words) {
        if (!words.isEmpty()) {
            words.forEach(written.putArray(name)::add);
        }
    }

    private @Nullable ApiResponse resources(String group, String version) {
        List<Resource> found = in(group, version);
        if (found.isEmpty()) {
            return null;
        }
        ObjectNode list = document(Json.object(), "APIResourceList");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode listed = list.putArray("resources");
        for (Resource resource : found) {
            ObjectNode written = listed.addObject();
            written.put("name", resource.kind().plural())
                    .put("singularName", resource.singular())
                    .put("namespaced", resource.kind().namespaced())
                    .put("kind", resource.kind().kind());
            resource.verbs().forEach(written.putArray("verbs")::add);
            words(written, "shortNames", resource.shortNames());
            words(written, "categories", resource.categories());
            if (resource.allows("create") && resource.allows("get")) {
                written.put("storageVersionHash", storageVersionHash(resource.stored()));
            }
            for (Subresource subresource : resource.subresources()) {
                subresource(listed.addObject(), resource, subresource);
            }
        }
        return ApiResponse.json(200, list);
    }

    private static void subresource(ObjectNode written, Resource resource, Subresource subresource) {
        written.put("name", resource.kind().plural() + "/" + subresource.name())
                .put("singularName", "")
                .put("namespaced", resource.kind().namespaced());
        if (!subresource.version().isEmpty()) {
            written.put("group", subresource.group()).put("version", subresource.version());
        }
        written.put("kind", subresource.kind());
        subresource.verbs().forEach(written.putArray("verbs")::add);
    }

    private static String storageVersionHash(ResourceKind kind) {
        byte[] hash = Hashing.sha256()
                .hashString(kind.group() + "/" + kind.version() + "/" + kind.kind(), StandardCharsets.UTF_8)
                .asBytes();
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(hash, 8));
    }
}
