package org.sqltune.workflow.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import org.sqltune.workflow.NamedPaths;

/**
 * What is published, and where.
 *
 * @param repository {@code owner/name}
 * @param adapter an adapter's folder; null for none
 * @param model a whole model's folder, such as a merged one; null for none
 * @param ggufs GGUF files
 * @param baseModel the base's name on the hub, if not the one that the files name; null for that one
 * @param reports {@code report.json} of evaluations, or their folders
 * @param license a licence's id on the hub; null for none
 * @param open whether everybody may read the repository
 * @param revision the branch
 * @param message the commit's first line; null for one that names what is published
 * @param dryRun whether nothing is sent
 */
public record PublishRequest(
        String repository,
        @Nullable Path adapter,
        @Nullable Path model,
        List<Path> ggufs,
        @Nullable String baseModel,
        List<Path> reports,
        @Nullable String license,
        boolean open,
        String revision,
        @Nullable String message,
        boolean dryRun) {
    /** @throws ConfigException if something is missing, contradicts another thing, or isn't there; lists all faults */
    public PublishRequest {
        ggufs = List.copyOf(ggufs);
        reports = List.copyOf(reports);
        List<String> faults = new ArrayList<>();
        checkNames(repository, revision, faults);
        if (adapter == null && model == null && ggufs.isEmpty()) {
            faults.add("what? Give --adapter-path FOLDER, --model FOLDER or --gguf FILE");
        }
        if (adapter != null && model != null) {
            faults.add("--adapter-path and --model go to repositories of their own: a loader would mix them");
        }
        if (model != null && Files.exists(model.resolve("adapter_config.json"))) {
            faults.add("--model " + model + " is an adapter: say --adapter-path, or merge it first (adapter merge)");
        }
        if (baseModel != null && !isHubName(baseModel)) {
            faults.add("--base-model '" + baseModel + "': name a model on the hub, owner/name");
        }
        if (license != null && !license.matches("[a-z0-9][a-z0-9.-]*")) {
            faults.add("--license '" + license
                    + "' is none of the hub's ids: such as apache-2.0, mit, cc-by-sa-4.0, other");
        }
        if (message != null && (message.isBlank() || message.matches("(?s).*\\p{Cntrl}.*"))) {
            faults.add("--message must be one line");
        }
        checkGgufs(ggufs, faults);
        NamedPaths paths = new NamedPaths().folder("--adapter-path", adapter).folder("--model", model);
        reports.forEach(each -> paths.exists("--report", each));
        ggufs.forEach(each -> paths.file("--gguf", each));
        faults.forEach(paths::fault);
        paths.check();
    }

    private static void checkNames(String repository, String revision, List<String> faults) {
        if (!repository.contains("/")) {
            faults.add("'" + repository + "' names no owner: give owner/name, with your account or an organisation");
            return;
        }
        try {
            RepositoryRevision target =
                    new RepositoryRevision(new RepositoryId(RepositoryType.MODEL, repository), revision);
            if (target.isCommit() || revision.startsWith("refs/")) {
                faults.add("--revision " + revision + " is no branch: give a branch's name, such as main");
            }
        } catch (SqlTuneException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    private static void checkGgufs(List<Path> ggufs, List<String> faults) {
        List<String> names = ggufs.stream().map(PublishRequest::name).toList();
        for (String name : names) {
            if (!name.matches("[\\w.-]+\\.gguf")) {
                faults.add("--gguf " + name + ": name it with letters, digits, '.', '-' and '_', and .gguf at the end");
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            faults.add("--gguf names two files " + names + ", which would be one: rename one");
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Whether a name means the same everywhere: it is on the hub or in the jar, and no folder here. */
    static boolean isHubName(String name) {
        boolean named =
                name.equals(ModelSettings.BUNDLED) || RepositoryId.ofModel(name).isPresent();
        return named && !Files.isDirectory(Path.of(name));
    }

    RepositoryRevision target() {
        return new RepositoryRevision(new RepositoryId(RepositoryType.MODEL, repository), revision);
    }

    /** The folder of what isn't GGUF; null if there is nothing else. */
    @Nullable
    Path folder() {
        return adapter == null ? model : adapter;
    }

    String commitMessage() {
        if (message != null) {
            return message;
        }
        String what = adapter != null ? "adapter" : model != null ? "model" : "GGUF";
        return "Publish " + what + (folder() != null && !ggufs.isEmpty() ? " and GGUF" : "") + " with SqlTune";
    }
}
