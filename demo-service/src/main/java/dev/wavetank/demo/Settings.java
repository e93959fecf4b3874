package dev.wavetank.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the environment says: a ConfigMap's values, what the downward API tells a container of its pod, and two settings that
 * make starting and stopping slow enough to be looked at.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 picks a free one
 * @param appName name that answers carry
 * @param logLevel what is written to standard output
 * @param maxStressSeconds longest that one request may keep the CPU busy
 * @param version what {@code /version} says
 * @param pod what {@code /info} says
 * @param databaseConfigured whether a DATABASE_URL is given; the URL itself is secret and never shown
 * @param startMillis how long to wait before listening, as an app does that has something to load
 * @param drainMillis how long to go on serving after SIGTERM
 */
record Settings(
        String host,
        int port,
        String appName,
        LogLevel logLevel,
        double maxStressSeconds,
        String version,
        Pod pod,
        boolean databaseConfigured,
        int startMillis,
        int drainMillis) {

    static final List<String> NAMES = List.of(
            "HOST",
            "PORT",
            "APP_NAME",
            "LOG_LEVEL",
            "MAX_STRESS_SECONDS",
            "VERSION",
            "DATABASE_URL",
            "START_MS",
            "DRAIN_MS",
            "POD_NAME",
            "POD_NAMESPACE",
            "POD_IP",
            "NODE_NAME",
            "CPU_REQUEST",
            "CPU_LIMIT",
            "MEMORY_REQUEST",
            "MEMORY_LIMIT");

    /** What the downward API tells of the pod; a part that was not handed in is empty. */
    record Pod(
            String name,
            String namespace,
            String ip,
            String node,
            String cpuRequest,
            String cpuLimit,
            String memoryRequest,
            String memoryLimit) {}

    /** How much is written, from most to least. */
    enum LogLevel {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names it and says what to write
     */
    static Settings from(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("HOST", "0.0.0.0"),
                integer(environment, "PORT", 8000, 65_535),
                environment.getOrDefault("APP_NAME", "demo-service"),
                logLevel(environment.getOrDefault("LOG_LEVEL", "INFO")),
                seconds(environment, "MAX_STRESS_SECONDS", 60),
                environment.getOrDefault("VERSION", "1"),
                pod(environment),
                !environment.getOrDefault("DATABASE_URL", "").isEmpty(),
                integer(environment, "START_MS", 0, 3_600_000),
                integer(environment, "DRAIN_MS", 0, 3_600_000));
    }

    private static Pod pod(Map<String, String> environment) {
        return new Pod(
                podName(environment),
                environment.getOrDefault("POD_NAMESPACE", ""),
                environment.getOrDefault("POD_IP", ""),
                environment.getOrDefault("NODE_NAME", ""),
                environment.getOrDefault("CPU_REQUEST", ""),
                environment.getOrDefault("CPU_LIMIT", ""),
                environment.getOrDefault("MEMORY_REQUEST", ""),
                environment.getOrDefault("MEMORY_LIMIT", ""));
    }

    /** A container's HOSTNAME is its pod's name, so this holds without the downward API too. */
    private static String podName(Map<String, String> environment) {
        String name = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static LogLevel logLevel(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        if (name.equals("WARN")) {
            return LogLevel.WARNING;
        }
        if (name.equals("CRITICAL")) {
            return LogLevel.ERROR;
        }
        throw new IllegalArgumentException("LOG_LEVEL is \"" + text + "\"; write DEBUG, INFO, WARNING or ERROR.");
    }

    private static int integer(Map<String, String> environment, String name, int otherwise, int most) {
        String text = environment.getOrDefault(name, "").trim();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " is \"" + text + "\"; write a whole number from 0 to " + most + ".");
    }

    private static double seconds(Map<String, String> environment, String name, double otherwise) {
        String text = environment.getOrDefault(name, "").trim();
        return Numbers.zeroOrMore(name, text, otherwise, "seconds, such as 60.");
    }
}
