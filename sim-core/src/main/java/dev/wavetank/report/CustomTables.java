package dev.wavetank.report;

import dev.wavetank.cluster.History;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.CustomResources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The autoscalers beyond Kubernetes' own as they stand at the end of a run, as {@code kubectl get} shows them. */
final class CustomTables {

    private CustomTables() {}

    static List<String> lines(History history, Style style) {
        Map<ResourceKind, List<KeptObject>> byKind = new LinkedHashMap<>();
        for (KeptObject object : history.customResources()) {
            byKind.computeIfAbsent(object.kind(), unused -> new ArrayList<>()).add(object);
        }
        List<String> lines = new ArrayList<>();
        byKind.forEach((kind, objects) -> {
            CustomResourceDefinition definition = CustomResources.of(kind.apiVersion(), kind.kind());
            if (definition != null && !definition.columnTitles().isEmpty()) {
                lines.add("");
                lines.addAll(table(definition, objects, style));
            }
        });
        return lines;
    }

    private static List<String> table(CustomResourceDefinition definition, List<KeptObject> objects, Style style) {
        List<List<String>> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        titles.add("NAME");
        titles.addAll(definition.columnTitles());
        rows.add(titles);
        for (KeptObject object : objects) {
            Map<String, String> columns = definition.columns(object);
            List<String> row = new ArrayList<>();
            row.add(object.metadata().name());
            definition.columnTitles().forEach(title -> row.add(columns.getOrDefault(title, "")));
            rows.add(row);
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < titles.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(row -> row.get(at).length())
                        .max()
                        .orElse(0);
                String text = rows.get(i).get(column);
                line.append(text).append(" ".repeat(width - text.length() + 3));
            }
            String text = line.toString().stripTrailing();
            lines.add(i == 0 ? style.faint(text) : text);
        }
        return lines;
    }
}
