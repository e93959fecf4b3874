package dev.wavetank.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, as a container runs it. */
final class DemoProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("listens on [^ ]+:([0-9]+) as");

    private final Process process;
    private final int port;

    private DemoProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port and waits until it says that it listens. */
    static DemoProcess start(Map<String, String> environment) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", DemoService.class.getName());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", "0"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader log = process.inputReader();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return new DemoProcess(process, Integer.parseInt(listens.group(1)));
            }
        }
        throw new IOException("it ended before it listened, with status "
                + process.onExit().join().exitValue());
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    void sigterm() {
        process.destroy();
    }

    /** Waits until it has ended. */
    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
