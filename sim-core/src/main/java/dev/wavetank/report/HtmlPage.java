package dev.wavetank.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One HTML file that needs nothing else: styles, scripts, the plotting library and the data are all inside it, and its
 * security policy forbids it to load anything.
 *
 * <p>Every page comes with the look of {@code page.css} (light and dark), uPlot, and {@code charts.js}, which draws over time
 * with one cursor for all. A page adds a body, its data, and a script that puts the one into the other.
 */
public final class HtmlPage {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final JsonMapper JSON = new JsonMapper();

    private final String title;
    private final StringBuilder styles = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder data = new StringBuilder();
    private final StringBuilder scripts = new StringBuilder();

    /** A page of that title, with nothing in it yet. */
    public HtmlPage(String title) {
        this.title = title;
        styles.append(text(HtmlPage.class, UPLOT + "uPlot.min.css")).append('\n');
        style(HtmlPage.class, "page.css");
        scripts.append(scriptElement(text(HtmlPage.class, UPLOT + "uPlot.iife.min.js")));
        script(HtmlPage.class, "charts.js");
    }

    /** Adds a style sheet that lies beside a class. */
    public HtmlPage style(Class<?> beside, String resource) {
        styles.append(text(beside, resource)).append('\n');
        return this;
    }

    /** Adds markup that lies beside a class. */
    public HtmlPage body(Class<?> beside, String resource) {
        body.append(text(beside, resource));
        return this;
    }

    /** Adds data, which scripts find as {@code WT.data(id)}. */
    public HtmlPage data(String id, JsonNode tree) {
        data.append("<script type=\"application/json\" id=\"")
                .append(escaped(id))
                .append("\">")
                .append(json(tree))
                .append("</script>\n");
        return this;
    }

    /** Adds a script that lies beside a class; it runs after the data and the body are there. */
    public HtmlPage script(Class<?> beside, String resource) {
        scripts.append(scriptElement(text(beside, resource)));
        return this;
    }

    /** The whole page. */
    public String html() {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + "<link rel=\"icon\" href=\"data:,\">\n"
                + "<title>" + escaped(title) + "</title>\n<style>\n" + styles + "</style>\n</head>\n<body>\n"
                + body + data + scripts + "</body>\n</html>\n";
    }

    private static String scriptElement(String script) {
        return "<script>\n" + script + "\n</script>\n";
    }

    /** JSON in which nothing can end the element around it. */
    private static String json(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String text(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
