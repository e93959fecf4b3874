package dev.wavetank.http.api;

import dev.wavetank.http.api.Resource.Subresource;
import dev.wavetank.model.ResourceKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which resources the API serves: those listed in {@code api-resources.txt}, and those that CustomResourceDefinitions add.
 *
 * <p>Safe for use by several threads: an addition replaces the whole table.
 */
final class ResourceRegistry {

    private static final String LIST = "api-resources.txt";
    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");

    private volatile Map<String, Resource> resources;
    private volatile int generation;

    private ResourceRegistry(Map<String, Resource> resources) {
        this.resources = resources;
    }

    static ResourceRegistry load() {
        Map<String, Resource> resources = new LinkedHashMap<>();
        for (String line : lines()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                Resource read = read(line);
                resources.put(
                        path(
                                read.kind().group(),
                                read.kind().version(),
                                read.kind().plural()),
                        read);
            }
        }
        return new ResourceRegistry(resources);
    }

    /** The resource of a path, or null if there is none. */
    @Nullable
    Resource find(String group, String version, String plural) {
        return resources.get(path(group, version, plural));
    }

    /** The resource whose objects have this kind, or null if there is none. */
    @Nullable
    Resource ofKind(String group, String version, String kind) {
        for (Resource resource : resources.values()) {
            ResourceKind served = resource.kind();
            if (served.kind().equals(kind)
                    && served.group().equals(group)
                    && served.version().equals(version)) {
                return resource;
            }
        }
        return null;
    }

    /** All of them, a group's versions in order of preference. */
    Collection<Resource> all() {
        return resources.values();
    }

    /** Changes whenever the table does. */
    int generation() {
        return generation;
    }

    /** Serves more resources, or serves the ones of these paths differently. */
    synchronized void add(Collection<Resource> more) {
        Map<String, Resource> changed = new LinkedHashMap<>(resources);
        for (Resource resource : more) {
            ResourceKind kind = resource.kind();
            changed.put(path(kind.group(), kind.version(), kind.plural()), resource);
        }
        resources = changed;
        generation++;
    }

    /** Serves a custom resource no more, in any version. */
    synchronized void remove(String group, String plural) {
        Map<String, Resource> changed = new LinkedHashMap<>(resources);
        changed.values()
                .removeIf(resource -> resource.custom()
                        && resource.kind().group().equals(group)
                        && resource.kind().plural().equals(plural));
        resources = changed;
        generation++;
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    private static Resource read(String line) {
        String[] columns = line.split(" ", -1);
        int slash = columns[0].indexOf('/');
        String group = slash < 0 ? "" : columns[0].substring(0, slash);
        String version = columns[0].substring(slash + 1);
        ResourceKind kind = new ResourceKind(group, version, columns[1], columns[2], columns[4].equals("ns"));
        return new Resource(
                kind,
                storedAs(kind),
                columns[3].equals("-") ? "" : columns[3],
                words(columns[6]),
                words(columns[7]),
                verbs(columns[5]),
                subresources(columns[8], kind.kind()),
                group.contains(".dev") || group.equals("keda.sh") || group.equals("autoscaling.k8s.io"));
    }

    /** Objects that are served twice are stored once. */
    private static ResourceKind storedAs(ResourceKind kind) {
        if (kind.kind().equals("HorizontalPodAutoscaler")) {
            return ResourceKind.HORIZONTAL_POD_AUTOSCALER;
        }
        return kind.kind().equals("Event") ? ResourceKind.EVENT : kind;
    }

    private static List<String> words(String column) {
        return column.equals("-") ? List.of() : List.of(column.split(","));
    }

    private static List<String> verbs(String column) {
        if (!column.startsWith("*")) {
            return List.of(column.split(","));
        }
        List<String> verbs = new ArrayList<>(ALL_VERBS);
        Arrays.stream(column.split("-")).skip(1).forEach(verbs::remove);
        return List.copyOf(verbs);
    }

    private static List<Subresource> subresources(String column, String kind) {
        if (column.equals("-")) {
            return List.of();
        }
        List<Subresource> subresources = new ArrayList<>();
        for (String each : column.split(";", -1)) {
            if (each.equals("status")) {
                subresources.add(status(kind));
            } else if (each.equals("scale")) {
                subresources.add(scale());
            } else {
                String name = each.substring(0, each.indexOf('='));
                String[] answer =
                        each.substring(each.indexOf('=') + 1, each.indexOf(':')).split("/", -1);
                List<String> verbs =
                        List.of(each.substring(each.indexOf(':') + 1).split("\\+"));
                subresources.add(
                        answer.length == 3
                                ? new Subresource(name, answer[0], answer[1], answer[2], verbs)
                                : new Subresource(name, "", "", answer[0], verbs));
            }
        }
        return List.copyOf(subresources);
    }

    static Subresource status(String kind) {
        return new Subresource("status", "", "", kind, READ_AND_WRITE);
    }

    static Subresource scale() {
        return new Subresource("scale", "autoscaling", "v1", "Scale", READ_AND_WRITE);
    }

    static List<String> allVerbs() {
        return ALL_VERBS;
    }

    private static List<String> lines() {
        InputStream stream = ResourceRegistry.class.getResourceAsStream(LIST);
        if (stream == null) {
            throw new IllegalStateException(LIST + " is missing from the jar");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
