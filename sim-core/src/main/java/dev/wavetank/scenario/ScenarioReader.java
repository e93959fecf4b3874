package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.NodeSpec;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.network.Load;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a scenario file and all it refers to, and either returns a scenario that can run or names everything that is wrong.
 */
public final class ScenarioReader {

    private static final String API_VERSION = "wavetank.dev/v1";
    private static final long DEFAULT_DURATION = 60 * Times.SECOND;
    private static final long LONGEST_DURATION = 366L * 24 * 3600 * Times.SECOND;
    private static final long LARGEST_FILE = 10L << 20;
    private static final double MOST_REQUESTS = 1e10;

    private final Path file;
    private final YamlDocument document;
    private final Findings findings = new Findings();
    private final List<InputException.Mistake> elsewhere = new ArrayList<>();
    private final Map<String, ManifestFiles.Selector> selectors = new LinkedHashMap<>();

    private ScenarioReader(Path file, YamlDocument document) {
        this.file = file;
        this.document = document;
    }

    /**
     * Reads the scenario in a file.
     *
     * @throws InputException if the file or anything in it cannot be used
     */
    public static Scenario read(Path file) {
        return read(file, Map.of());
    }

    /**
     * Reads the scenario in a file, with some values replaced.
     *
     * @param overrides new values by their path in the spec, names and list positions joined by dots
     * @throws InputException if the file, an override or anything in them cannot be used
     */
    public static Scenario read(Path file, Map<String, String> overrides) {
        List<YamlDocument> documents = YamlReader.read(file.toString(), text(file));
        if (documents.size() != 1) {
            throw InputException.single(
                    file.toString(),
                    Position.START,
                    documents.isEmpty()
                            ? "the file is empty"
                            : "a scenario file holds one document, this one holds " + documents.size(),
                    "Start it with apiVersion: " + API_VERSION + " and kind: Scenario.");
        }
        YamlDocument document = documents.get(0);
        overrides.forEach((path, value) -> Overrides.apply(document, path, value));
        return new ScenarioReader(file, document).read();
    }

    /** The text of a file, or a message that says why there is none. */
    static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw InputException.single(
                        file.toString(), Position.START, "this is a folder, not a file", "Name a file in it.");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw InputException.single(
                        file.toString(),
                        Position.START,
                        "the file is larger than " + (LARGEST_FILE >> 20) + " MiB",
                        "Split it, or check whether it is the file you mean.");
            }
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw InputException.single(
                    file.toString(), Position.START, "the file is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException e) {
            boolean missing = !Files.exists(file);
            throw InputException.single(
                    file.toString(),
                    Position.START,
                    missing ? "there is no such file" : "the file cannot be read",
                    missing
                            ? "Check the path; it is relative to " + Path.of("").toAbsolutePath() + "."
                            : "Check its permissions.");
        }
    }

    private Scenario read() {
        Field root = Field.root(document.tree(), findings);
        checkHeader(root);
        Field metadata = root.get("metadata").expectObject();
        String name = metadata.get("name").required("Give the scenario a name.").text("scenario");
        String description = metadata.get("description").text("");
        metadata.noOthers();
        Field spec = root.get("spec").required("Say what happens in it.").expectObject();
        root.noOthers();

        long duration = duration(spec.get("duration"), DEFAULT_DURATION);
        if (duration == 0 || duration > LONGEST_DURATION) {
            spec.get("duration")
                    .problem(
                            "duration is " + Durations.format(duration) + ", but must be above 0 and at most a year",
                            "Give it a duration such as 60s.");
        }
        Field seed = spec.get("seed");
        ClusterSpec cluster = cluster(spec);
        String start = spec.get("start").choice("settled", List.of("settled", "empty"), text -> text);
        Set<String> notSimulated = new LinkedHashSet<>();
        ImmutableList<KubernetesObject> manifests = manifests(spec.get("manifests"), notSimulated);
        ImmutableMap<String, AppBehavior> apps = AppReader.read(spec.get("apps"), manifests);
        ImmutableList<ClientSpec> clients =
                new ClientReader(file.toAbsolutePath().resolveSibling(".")).read(spec.get("clients"));
        StepReader stepReader = new StepReader(this::manifestFiles);
        ImmutableList<Step> steps = stepReader.read(spec.get("steps"), duration);
        ImmutableList<Expectation> expectations = ExpectationReader.read(spec, steps, duration);
        ImmutableList<MetricDeclaration> metrics = MetricReader.read(spec.get("metrics"));
        ImmutableList<QueueSpec> queues =
                QueueReader.read(spec.get("queues"), file.toAbsolutePath().resolveSibling("."));
        Field sweep = spec.get("sweep");
        if (sweep.isPresent()) {
            notSimulated.add("spec.sweep (a run is one combination)");
        }
        spec.noOthers();
        List<String> nodes = cluster.nodes().stream().map(NodeSpec::name).toList();
        ReferenceCheck references = new ReferenceCheck(findings, manifests, steps, nodes);
        references.check(spec, clients);
        elsewhere.addAll(references.servicesThatSelectNothing(selectors.values()));
        checkVolume(spec.get("clients"), clients, duration);

        throwIfAnythingIsWrong();
        return new Scenario(
                name,
                description,
                seed.longInteger(1, Long.MIN_VALUE, Long.MAX_VALUE),
                duration,
                start.equals("settled"),
                cluster,
                manifests,
                apps,
                clients,
                steps,
                expectations,
                metrics,
                queues,
                ImmutableSet.copyOf(notSimulated),
                (pointer, message, cure) ->
                        new InputException.Mistake(file.toString(), document.place(pointer), message, cure));
    }

    private ClusterSpec cluster(Field spec) {
        Field cluster = spec.get("cluster");
        CalibrationReader calibrations = new CalibrationReader(file, elsewhere);
        ClusterSpec read = ClusterReader.read(cluster, calibrations.read(cluster.get("calibration")));
        return ImageReader.read(spec.get("images"), cluster, read);
    }

    private void checkHeader(Field root) {
        root.expectObject();
        Field apiVersion = root.get("apiVersion").required("Add apiVersion: " + API_VERSION + ".");
        if (apiVersion.isPresent() && !apiVersion.node().asText().equals(API_VERSION)) {
            apiVersion.problem(
                    "apiVersion is " + apiVersion.node().asText() + ", not " + API_VERSION,
                    "A scenario starts with apiVersion: " + API_VERSION + "; is this a Kubernetes manifest?");
        }
        Field kind = root.get("kind").required("Add kind: Scenario.");
        if (kind.isPresent() && !kind.node().asText().equals("Scenario")) {
            kind.problem("kind is " + kind.node().asText() + ", not Scenario", "Write kind: Scenario.");
        }
    }

    private static long duration(Field field, long fallback) {
        return field.parsed(fallback, Durations::parse);
    }

    private ImmutableList<KubernetesObject> manifests(Field list, Set<String> notSimulated) {
        ImmutableList.Builder<KubernetesObject> objects = ImmutableList.builder();
        for (Field entry : list.elements()) {
            objects.addAll(manifestFiles(entry, notSimulated));
        }
        return objects.build();
    }

    private List<KubernetesObject> manifestFiles(Field entry) {
        return manifestFiles(entry, new LinkedHashSet<>());
    }

    /** The objects in the file or files that an entry names, relative to the scenario's own folder. */
    private List<KubernetesObject> manifestFiles(Field entry, Set<String> notSimulated) {
        String text = entry.text("");
        if (text.isEmpty()) {
            return List.of();
        }
        ManifestFiles files = new ManifestFiles(file.toAbsolutePath().resolveSibling("."));
        List<Path> found = files.matching(text);
        if (found.isEmpty()) {
            entry.problem(
                    "there is no manifest " + text,
                    "Paths are relative to the scenario's folder" + files.nearest(text) + ".");
            return List.of();
        }
        List<KubernetesObject> objects = new ArrayList<>();
        for (Path manifest : found) {
            ManifestFiles.Content content = files.read(manifest);
            objects.addAll(content.objects());
            elsewhere.addAll(content.mistakes());
            selectors.putAll(content.selectors());
            notSimulated.addAll(content.notSimulated());
        }
        return objects;
    }

    /** A run that would not end in anybody's lifetime is refused before it starts. */
    private static void checkVolume(Field list, List<ClientSpec> clients, long duration) {
        for (int i = 0; i < clients.size(); i++) {
            double requests = 0;
            for (Load load : clients.get(i).load()) {
                requests += load.mostRequests(duration);
            }
            if (requests > MOST_REQUESTS) {
                list.elements()
                        .get(i)
                        .get("load")
                        .problem(
                                String.format(
                                        Locale.ROOT,
                                        "the client would send %.1e requests, more than %.0e",
                                        requests,
                                        MOST_REQUESTS),
                                "Lower the rate, or shorten spec.duration.");
            }
        }
    }

    private void throwIfAnythingIsWrong() {
        List<InputException.Mistake> mistakes = new ArrayList<>();
        for (Findings.Finding finding : findings.problems()) {
            mistakes.add(new InputException.Mistake(
                    file.toString(), document.place(finding.pointer()), finding.message(), finding.cure()));
        }
        mistakes.addAll(elsewhere);
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes);
        }
    }

    static Distribution distribution(Field field, Distribution fallback) {
        return field.parsed(fallback, Distribution::parse);
    }
}
