package dev.wavetank.http;

import dev.wavetank.http.web.HttpServer;

/** The file by which kubectl and other clients find the server. */
final class Kubeconfig {

    private Kubeconfig() {}

    static String yaml(HttpServer server) {
        StringBuilder text = new StringBuilder();
        text.append("apiVersion: v1\nkind: Config\nclusters:\n- name: wavetank\n  cluster:\n    server: ")
                .append(server.url())
                .append('\n');
        String certificate = server.certificateBase64();
        if (!certificate.isEmpty()) {
            text.append("    certificate-authority-data: ").append(certificate).append('\n');
        }
        text.append("contexts:\n- name: wavetank\n  context:\n    cluster: wavetank\n    user: wavetank\n")
                .append(
                        "    namespace: default\ncurrent-context: wavetank\npreferences: {}\nusers:\n- name: wavetank\n");
        String token = server.token();
        text.append(token == null ? "  user: {}\n" : "  user:\n    token: " + token + "\n");
        return text.toString();
    }
}
