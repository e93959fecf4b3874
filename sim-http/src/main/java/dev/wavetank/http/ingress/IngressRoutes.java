package dev.wavetank.http.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.http.web.Routes;
import io.javalin.config.RoutesConfig;

/** {@code GET /wavetank/ingress}: which real port leads where. */
public final class IngressRoutes implements Routes {

    private final Ingress ingress;

    public IngressRoutes(Ingress ingress) {
        this.ingress = ingress;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(
                "/wavetank/ingress",
                ctx -> ctx.contentType("application/json").result(json(ingress).toString()));
    }

    /** The real ports and where they lead. */
    public static ArrayNode json(Ingress ingress) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Ingress.Opened opened : ingress.opened()) {
            ObjectNode node = array.addObject();
            node.put("namespace", opened.way().namespace());
            node.put("service", opened.way().service());
            node.put("port", opened.way().port());
            node.put("type", opened.way().isBalancer() ? "LoadBalancer" : "NodePort");
            node.put("number", opened.way().number());
            node.put("url", "http://localhost:" + opened.port() + "/");
            node.put("accepting", opened.accepting());
        }
        return array;
    }
}
