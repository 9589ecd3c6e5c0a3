package org.sqltune.workflow.deploy;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.deployment.ollama.OllamaBases;
import org.sqltune.deployment.ollama.OllamaBases.Base;
import org.sqltune.deployment.ollama.OllamaClient;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.deployment.ollama.OllamaVersion;
import org.sqltune.workflow.TaskListener;

/** The model of Ollama's library that an adapter is put on there: what it is called, and whether it can be had. */
final class LibraryBase {
    private final OllamaClient client;
    private final TaskListener listener;

    LibraryBase(OllamaClient client, TaskListener listener) {
        this.client = client;
        this.listener = listener;
    }

    /**
     * Refuses a server that makes no models of a base and an adapter.
     *
     * @throws SqlTuneException if it doesn't
     */
    void require(OllamaVersion version) {
        if (version.isAtLeast(OllamaVersion.FIRST_WITHOUT_ADAPTERS)) {
            throw new SqlTuneException(client.address() + " is Ollama " + version + ", which takes no adapters since "
                    + OllamaVersion.FIRST_WITHOUT_ADAPTERS + ": leave --on-base out, and the adapter is merged");
        }
    }

    /**
     * Finds the base, and has the server pull it unless it has it. If it can't be pulled, the next of the list is tried.
     *
     * @param named the name in Ollama's library; empty for those that the list has for the hub's name
     * @param hubName the base that the adapter names
     * @throws SqlTuneException if none can be had; names each with its reason
     */
    OllamaName pull(String named, String hubName) {
        List<Base> bases = named.isEmpty() ? OllamaBases.ofLibrary().of(hubName) : List.of(new Base(named, true));
        if (bases.isEmpty()) {
            throw new ConfigException(
                    "--on-base",
                    List.of("Ollama's name of " + hubName
                            + " isn't known: write --on-base NAME, or leave it out and the" + " adapter is merged"));
        }
        List<String> failures = new ArrayList<>();
        List<String> there = client.models();
        for (Base base : bases) {
            OllamaName name = new OllamaName(base.name());
            try {
                if (!there.contains(name.withTag())) {
                    client.pull(name, listener.began("Pulling " + name));
                }
                if (!base.sameWeights()) {
                    listener.noted(
                            name + " isn't " + hubName + ", on which the adapter was trained: its answers will be"
                                    + " worse; leave --on-base out to have the tuned model");
                }
                return name;
            } catch (SqlTuneException e) {
                failures.add(e.getMessage());
                listener.noted("Can't have " + name + ": " + e.getMessage());
            }
        }
        throw new SqlTuneException("No base for the adapter can be had: " + String.join("; ", failures)
                + ". Leave --on-base out, and the adapter is merged");
    }
}
