package org.sqltune.workflow.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.ConfigImport;
import org.sqltune.core.config.ImportedConfig;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;

/** Turns the configuration of another text-to-SQL project into one of SqlTune's. */
public final class ImportConfig {
    /**
     * A configuration that was read.
     *
     * @param text the configuration, with what was left out as comments
     * @param imported what became of each key
     */
    public record Result(String text, ImportedConfig imported) {
        /** What became of each key, as tables. */
        public Summary summary() {
            List<ReportTable> tables = new ArrayList<>();
            tables.add(new ReportTable(
                    List.of("Taken", "as", "value"),
                    imported.mapped().stream()
                            .map(each -> List.of(each.from(), each.to(), each.value()))
                            .toList()));
            if (!imported.leftOut().isEmpty()) {
                tables.add(new ReportTable(
                        List.of("Left out", "why"),
                        imported.leftOut().stream()
                                .map(each -> List.of(each.key(), each.why()))
                                .toList()));
            }
            return new Summary(tables, List.of());
        }
    }

    /**
     * Reads a configuration.
     *
     * @param file YAML of a form that {@link ConfigImport} knows
     * @param output the file that is written; null for none
     * @param listener told what became of each key, if no file is written
     * @throws ConfigException if the file can't be read, has neither form, contradicts itself, or has a value that isn't
     *     possible, or if the output is the file itself
     */
    public Result run(Path file, @Nullable Path output, TaskListener listener) {
        if (output != null && isSame(file, output)) {
            throw new ConfigException("--output", List.of(output + " is the file that is read: name another"));
        }
        ImportedConfig imported = ConfigImport.of(file);
        Result result = new Result(text(file, imported), imported);
        if (output != null) {
            AtomicFiles.writeString(output, result.text());
        } else {
            imported.mapped().forEach(each -> listener.noted(each.from() + " is " + each.to() + ": " + each.value()));
            imported.leftOut().forEach(each -> listener.noted(each.key() + " is left out: " + each.why()));
        }
        return result;
    }

    private static boolean isSame(Path file, Path output) {
        return file.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize()) && Files.exists(file);
    }

    private static String text(Path file, ImportedConfig imported) {
        StringBuilder text = new StringBuilder("# From " + file.getFileName() + ", by sqltune config import.\n");
        imported.leftOut()
                .forEach(each -> text.append("# Left out: ")
                        .append(each.key().replaceAll("\\R", " "))
                        .append(": ")
                        .append(each.why().replaceAll("\\R", " "))
                        .append('\n'));
        return text.append('\n').append(imported.yaml()).toString();
    }
}
