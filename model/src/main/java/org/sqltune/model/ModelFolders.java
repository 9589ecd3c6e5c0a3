package org.sqltune.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.HubFolder;
import org.sqltune.core.text.NearestNames;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;

/**
 * From a model's name to its folder. The name is a folder; or {@code sqltune-nano} for the base inside the jar, which is
 * unpacked once, since weights are mapped from files; or {@code owner/name} on the hub, which is downloaded unless the
 * cache has it.
 */
public final class ModelFolders {
    private static final String RESOURCES = "/org/sqltune/model/nano/";
    private static final List<String> REQUIRED = List.of("config.json", "tokenizer.json", "tokenizer_config.json");
    private static final List<String> OPTIONAL = List.of("model.safetensors", "generation_config.json", "README.md");

    private static final Logger log = LoggerFactory.getLogger(ModelFolders.class);

    private final Path cache;
    private final ModelHub hub;

    /**
     * @param cache the folder that bundled models are unpacked into
     * @param hub where models are that are no folders here
     */
    public ModelFolders(Path cache, ModelHub hub) {
        this.cache = cache;
        this.hub = hub;
    }

    /**
     * With the user's cache folder, {@code $XDG_CACHE_HOME/sqltune}, else {@code ~/.cache/sqltune}, and the hub that the
     * environment names.
     */
    public static ModelFolders ofUser() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new ModelFolders(base.resolve("sqltune"), ModelHub.over(HubSettings::ofProcess, DownloadDisplay.NONE));
    }

    /**
     * The folder of a model, downloaded if need be.
     *
     * @throws SqlTuneException if there is none, or it can't be downloaded
     */
    public Path resolve(ModelSettings settings) {
        return resolve(settings, FileSelection.MODEL);
    }

    /**
     * A folder with a model's settings and tokenizer, which may lack the weights.
     *
     * @throws SqlTuneException if there is none, or it can't be downloaded
     */
    public Path resolveTokenizer(ModelSettings settings) {
        return resolve(settings, FileSelection.TOKENIZER);
    }

    /**
     * Bytes that {@link #resolve} will download: 0 if the cache has the model, empty if the name is none of the hub.
     *
     * @throws SqlTuneException if the hub doesn't say
     */
    OptionalLong downloadBytes(ModelSettings settings) {
        String name = settings.name();
        if (name.equals(ModelSettings.BUNDLED) || Files.isDirectory(Path.of(name))) {
            return OptionalLong.empty();
        }
        return RepositoryId.ofModel(name)
                .map(id -> hub.missingBytes(new RepositoryRevision(id, settings.revision()), FileSelection.MODEL))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private Path resolve(ModelSettings settings, FileSelection selection) {
        String name = settings.name();
        if (name.equals(ModelSettings.BUNDLED)) {
            return unpackBundled();
        }
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            return fromHub(settings, selection);
        }
        if (HubFolder.isOne(folder)) {
            return HubFolder.files(folder, settings.revision());
        }
        if (!settings.revision().equals(ModelSettings.MAIN_REVISION)) {
            log.warn("model.revision {} means nothing here: {} is a folder", settings.revision(), name);
        }
        return folder;
    }

    /** A path that was mistyped looks like a name on the hub; where its parent is a folder here, nobody is asked. */
    private Path fromHub(ModelSettings settings, FileSelection selection) {
        String name = settings.name();
        RepositoryId repository = RepositoryId.ofModel(name)
                .orElseThrow(() -> missing(
                        name,
                        ". Give a folder, owner/name of a model on the hub, or " + ModelSettings.BUNDLED
                                + ", the base inside the jar, as model.name"));
        RepositoryRevision wanted = new RepositoryRevision(repository, settings.revision());
        Path parent = Path.of(name).getParent();
        if (parent != null && Files.isDirectory(parent)) {
            return hub.cached(wanted, selection)
                    .orElseThrow(() -> missing(
                            name,
                            ", but a folder " + parent
                                    + ". If a model on the hub is meant, fetch it first: sqltune download " + name));
        }
        return hub.get(wanted, selection);
    }

    private static ConfigException missing(String name, String remedy) {
        return new ConfigException(
                "model.name",
                List.of("there is no model folder " + name + remedy + NearestNames.pathSuggestion(Path.of(name))));
    }

    private Path unpackBundled() {
        Path folder = cache.resolve(ModelSettings.BUNDLED + "-" + fingerprint());
        if (!Files.isDirectory(folder)) {
            AtomicFiles.writeFolder(folder, target -> {
                for (String name : REQUIRED) {
                    Files.write(target.resolve(name), read(name));
                }
                for (String name : OPTIONAL) {
                    if (ModelFolders.class.getResource(RESOURCES + name) != null) {
                        Files.write(target.resolve(name), read(name));
                    }
                }
            });
        }
        return folder;
    }

    /** Changes with the bundled files, so that a newer jar doesn't find an older one's. */
    private static String fingerprint() {
        try {
            CRC32 sum = new CRC32();
            for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
                if (ModelFolders.class.getResource(RESOURCES + name) != null) {
                    sum.update(read(name));
                }
            }
            return Long.toHexString(sum.getValue());
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the bundled model: " + e, e);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = ModelFolders.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IOException("the jar has no " + RESOURCES + name);
            }
            return in.readAllBytes();
        }
    }
}
