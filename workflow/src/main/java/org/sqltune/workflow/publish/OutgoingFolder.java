package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufHead;
import org.sqltune.deployment.hub.HubCard;
import org.sqltune.deployment.hub.OutgoingFile;
import org.sqltune.model.hub.FolderFiles;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.AdapterDescription;

/**
 * The files of a publication but its card: those that a loader would fetch, and nothing else of their folders. Names of
 * folders of this machine are replaced in their settings; a file that has others, or the token, isn't published.
 */
final class OutgoingFolder {
    private static final String ADAPTER = "adapter_config.json";
    private static final String BASE = "base_model_name_or_path";
    /** Where transformers keeps where a model was loaded from. */
    private static final Set<String> ORIGINS = Set.of("_name_or_path", "name_or_path");

    private static final long LARGEST_TEXT = 100_000_000;

    private final PublishRequest request;
    private final @Nullable String token;
    private final List<String> folders = new ArrayList<>();

    /** @param token isn't let out; null for none */
    OutgoingFolder(PublishRequest request, @Nullable String token) {
        this.request = request;
        this.token = token;
        folders.add(System.getProperty("user.home"));
        Path folder = request.folder();
        if (folder != null) {
            folders.add(folder.toAbsolutePath().normalize().toString());
        }
        // A folder such as / or /x says nothing of anybody.
        folders.removeIf(each -> each.length() < 4);
    }

    /**
     * The base's name.
     *
     * @return null if nobody says
     * @throws ConfigException if an adapter names a folder of this machine and the request nothing else
     */
    HubCard.@Nullable Base base(@Nullable String ofRun) {
        if (request.baseModel() != null) {
            return base(request.baseModel(), null);
        }
        if (request.adapter() == null) {
            return ofRun == null || !PublishRequest.isHubName(ofRun) ? null : base(ofRun, null);
        }
        AdapterBase named = AdapterDescription.read(request.adapter()).base();
        // An adapter that was trained here on a model of the hub names its revision, too.
        boolean here = named != null
                && !named.name().equals(ModelSettings.BUNDLED)
                && named.revision() == null
                && ContractFile.read(request.adapter()).isPresent();
        if (named == null || here || !PublishRequest.isHubName(named.name())) {
            throw new ConfigException(
                    "--base-model",
                    List.of((named == null
                                    ? request.adapter() + " doesn't say which model it was made for"
                                    : request.adapter() + " names its base " + named.name()
                                            + ", a folder that nobody else has")
                            + ": give the base's name on the hub, owner/name"));
        }
        return base(named.name(), named.revision());
    }

    private static HubCard.Base base(String name, @Nullable String revision) {
        return new HubCard.Base(name, revision, !name.equals(ModelSettings.BUNDLED));
    }

    /**
     * The files, hashed.
     *
     * @throws SqlTuneException if one is missing or damaged, or shows what is nobody else's business
     */
    List<OutgoingFile> files(HubCard.@Nullable Base base) {
        List<OutgoingFile> files = new ArrayList<>();
        Path folder = request.folder();
        if (folder != null) {
            for (String name : FolderFiles.of(folder, request.target().repository())) {
                files.add(file(folder.resolve(name), name, base));
            }
        }
        for (Path gguf : request.ggufs()) {
            GgufHead head = GgufHead.read(gguf);
            String name = String.valueOf(gguf.getFileName());
            for (Object value : head.metadata().values()) {
                requireHarmless(name, value instanceof String text ? text : "");
            }
            files.add(OutgoingFile.of(name, gguf));
            if (folder == null
                    && head.metadata().get(GgufExport.CONTRACT_KEY) instanceof String contract
                    && files.stream().noneMatch(each -> each.path().equals(ContractFile.NAME))) {
                files.add(OutgoingFile.of(ContractFile.NAME, contract));
            }
        }
        return files;
    }

    private OutgoingFile file(Path source, String name, HubCard.@Nullable Base base) {
        OutgoingFile file = OutgoingFile.of(name, source);
        boolean settings = name.endsWith(".json") && !name.equals(ContractFile.NAME);
        if (settings && file.size() < LARGEST_TEXT) {
            ObjectNode json = JsonObjects.read(source);
            if (cleaned(json, name, base)) {
                file = OutgoingFile.of(name, json.toPrettyString() + "\n");
            }
        }
        if (!name.endsWith(".safetensors") && file.size() < LARGEST_TEXT) {
            requireHarmless(name, new String(file.content(), StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Replaces names of folders; returns whether anything was. */
    private boolean cleaned(ObjectNode json, String name, HubCard.@Nullable Base base) {
        boolean changed = false;
        if (name.equals(ADAPTER) && base != null && !json.path(BASE).asText().equals(base.name())) {
            json.put(BASE, base.name());
            json.put(
                    "revision",
                    base.revision() == null && base.onHub() ? ModelSettings.MAIN_REVISION : base.revision());
            changed = true;
        }
        for (String origin : ORIGINS) {
            JsonNode value = json.path(origin);
            if (value.isTextual() && !value.asText().isEmpty() && !PublishRequest.isHubName(value.asText())) {
                json.remove(origin);
                changed = true;
            }
        }
        return changed;
    }

    private void requireHarmless(String name, String text) {
        if (token != null && text.contains(token)) {
            throw new SqlTuneException(name + " contains your token: nothing is published; take it out, and make a new"
                    + " token if anybody could have read the file");
        }
        for (String folder : folders) {
            // In JSON a backslash of Windows is written twice.
            if (text.contains(folder) || text.contains(folder.replace("\\", "\\\\"))) {
                throw new SqlTuneException(String.format(
                        Locale.ROOT,
                        "%s contains the name of a folder of this machine, %s: nothing is published; take it out",
                        name,
                        folder));
            }
        }
    }
}
