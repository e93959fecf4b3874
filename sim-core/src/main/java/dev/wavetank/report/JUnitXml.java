package dev.wavetank.report;

import dev.wavetank.scenario.RunResult.Verdict;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Runs as the JUnit XML that CI servers read: a test suite for each scenario, a test case for each expectation and threshold.
 * A run that ended early, and one of which nothing was expected, has a case about that.
 */
public final class JUnitXml {

    private static final double NANOS_PER_SECOND = 1e9;

    private record Suite(ReportSource source, long wallNanos, List<String> printed) {

        int cases() {
            return source.verdicts().size() + (saysHowItEnded() ? 1 : 0);
        }

        boolean saysHowItEnded() {
            return !source.endedEarly().isEmpty() || source.verdicts().isEmpty();
        }

        long failures() {
            return source.verdicts().stream().filter(verdict -> !verdict.held()).count()
                    + (source.endedEarly().isEmpty() ? 0 : 1);
        }
    }

    private final List<Suite> suites = new ArrayList<>();

    /**
     * Adds a run.
     *
     * @param wallNanos how long it took
     */
    public void add(ReportSource source, long wallNanos) {
        List<String> printed = new ArrayList<>();
        for (Verdict verdict : source.verdicts()) {
            printed.add(RunReport.line(verdict, Style.PLAIN));
        }
        if (!source.replay().isEmpty()) {
            printed.add("run again with: " + source.replay());
        }
        suites.add(new Suite(source, wallNanos, printed));
    }

    /** Writes all of them. */
    public void write(OutputStream out) {
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            start(xml, "testsuites");
            attribute(xml, "name", "wavetank");
            attribute(xml, "tests", suites.stream().mapToInt(Suite::cases).sum());
            attribute(
                    xml, "failures", suites.stream().mapToLong(Suite::failures).sum());
            attribute(xml, "errors", 0);
            for (Suite suite : suites) {
                write(xml, suite);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the document is well-formed, so it can be written", e);
        }
    }

    private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
        ReportSource source = suite.source();
        start(xml, "testsuite");
        attribute(xml, "name", source.name());
        attribute(xml, "tests", suite.cases());
        attribute(xml, "failures", suite.failures());
        attribute(xml, "errors", 0);
        attribute(xml, "skipped", 0);
        attribute(xml, "time", String.format(Locale.ROOT, "%.3f", suite.wallNanos() / NANOS_PER_SECOND));
        start(xml, "properties");
        property(xml, "seed", String.valueOf(source.seed()));
        property(xml, "traceSha256", source.traceSha256());
        property(xml, "replay", source.replay());
        xml.writeEndElement();
        for (Verdict verdict : source.verdicts()) {
            startCase(xml, source, verdict.text());
            if (!verdict.held()) {
                failure(xml, "expectation", RunReport.line(verdict, Style.PLAIN));
            }
            xml.writeEndElement();
        }
        if (suite.saysHowItEnded()) {
            startCase(xml, source, "runs to its end");
            if (!source.endedEarly().isEmpty()) {
                failure(xml, "ended early", "ended early: " + source.endedEarly());
            }
            xml.writeEndElement();
        }
        start(xml, "system-out");
        xml.writeCharacters(legal(String.join("\n", suite.printed())));
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void startCase(XMLStreamWriter xml, ReportSource source, String name) throws XMLStreamException {
        start(xml, "testcase");
        attribute(xml, "classname", "wavetank." + source.name());
        attribute(xml, "name", name);
        attribute(xml, "time", "0.000");
    }

    private static void failure(XMLStreamWriter xml, String type, String message) throws XMLStreamException {
        start(xml, "failure");
        attribute(xml, "type", type);
        attribute(xml, "message", message);
        xml.writeCharacters(legal(message));
        xml.writeEndElement();
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        if (!value.isEmpty()) {
            xml.writeEmptyElement("property");
            attribute(xml, "name", name);
            attribute(xml, "value", value);
        }
    }

    private static void start(XMLStreamWriter xml, String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private static void attribute(XMLStreamWriter xml, String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, legal(String.valueOf(value)));
    }

    /** The text without what XML cannot hold. */
    private static String legal(String text) {
        return text.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= ' ' && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
