package dev.wavetank.demo;

import dev.wavetank.demo.load.LoadCommand;
import java.util.Map;

/**
 * Starts the server, has every kind of request answered once, sends a little load and stops, so that all classes that serving
 * and sending need are loaded. Run with {@code -XX:ArchiveClassesAtExit=FILE} it leaves an archive with which the service
 * starts in half the time.
 */
final class WarmUp {

    private WarmUp() {}

    /** Returns when the server has stopped. */
    static int run() throws InterruptedException {
        DemoServer server = DemoServer.start(Settings.from(Map.of("HOST", "127.0.0.1", "PORT", "0")));
        String address = "http://127.0.0.1:" + server.port();
        for (String path :
                new String[] {"/", "/health", "/ready", "/info", "/config", "/version", "/work?cpuMillis=1"}) {
            LoadCommand.execute("--url", address + path, "--rate", "20", "--seconds", "0.1");
        }
        server.stop();
        return 0;
    }
}
