package org.sqltune.workflow.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.deployment.ollama.OllamaClient.Blob;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.deployment.ollama.OllamaVersion;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;

/**
 * A model that a server has.
 *
 * @param name what it is called there
 * @param server the server's address
 * @param version the server's version
 * @param file the GGUF file
 * @param blob the file at the server
 * @param modelfile what the server was told, as a file
 * @param replaced whether it took the place of another model
 * @param smoke what it answered
 * @param notes remarks, one sentence each
 */
public record DeployResult(
        OllamaName name,
        String server,
        OllamaVersion version,
        Path file,
        Blob blob,
        Path modelfile,
        boolean replaced,
        SmokeQuestion.Answered smoke,
        List<String> notes) {
    public DeployResult {
        notes = List.copyOf(notes);
    }

    /** The facts as a table, and the remarks. */
    public Summary summary() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", name + (replaced ? " (replaced)" : "")));
        rows.add(List.of("server", server + ", Ollama " + version));
        rows.add(List.of("file", file + ", " + ByteSizes.inWords(blob.bytes()) + (blob.sent() ? "" : ", known there")));
        rows.add(List.of("Modelfile", modelfile.toString()));
        rows.add(List.of("smoke test", String.format(Locale.ROOT, "%.1f s: %s", smoke.seconds(), smoke.shownAnswer())));
        return new Summary(List.of(new ReportTable(List.of("Deployed", ""), rows)), notes);
    }
}
