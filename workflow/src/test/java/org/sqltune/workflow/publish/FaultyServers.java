package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Servers on this machine that fail at any step when told to. */
final class FaultyServers implements AutoCloseable {
    /** What is done, as another client or a slow network would, when a step is asked for. */
    final Map<String, Runnable> hooks = new ConcurrentHashMap<>();

    private final String secret;
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Set<HttpExchange> lost = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param secret what errors tell that nobody may see */
    FaultyServers(String secret) {
        this.secret = secret;
    }

    /** What goes wrong with a request. */
    enum Fault {
        /** Status 500. */
        TROUBLE,
        /** The connection ends while the request's body is read. */
        CUT,
        /** Everything is done, but the answer is lost. */
        LOST,
        /** Status 403. */
        FORBIDDEN
    }

    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A server at a port of its own. */
    HttpServer start(Handler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.setExecutor(threads);
            server.start();
            servers.add(server);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized void fail(String step, Fault fault, int times) {
        faults.put(step, new ArrayDeque<>(Collections.nCopies(times, fault)));
    }

    /** Runs what belongs to a step; true if the request is thereby answered, or never will be. */
    boolean faulty(HttpExchange exchange, String step) throws IOException {
        hooks.getOrDefault(step, () -> {}).run();
        Fault fault;
        synchronized (this) {
            fault = faults.getOrDefault(step, new ArrayDeque<>()).poll();
        }
        if (fault == Fault.LOST) {
            lost.add(exchange);
            return false;
        }
        if (fault == Fault.CUT) {
            exchange.getRequestBody().readNBytes(100);
            return true;
        }
        if (fault != null) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("X-Error-Message", "No luck with " + secret);
            end(exchange, fault == Fault.TROUBLE ? 500 : 403);
            return true;
        }
        return false;
    }

    void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        if (lost.remove(exchange)) {
            return;
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    void end(HttpExchange exchange, int status) throws IOException {
        if (lost.remove(exchange)) {
            return;
        }
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        servers.forEach(each -> each.stop(0));
        threads.shutdownNow();
    }
}
