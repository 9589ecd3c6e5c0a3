package org.sqltune.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ModelSettings;
import org.sqltune.core.io.AtomicFiles;

/**
 * From a model's name to its folder. The name is a folder, or {@code sqltune-nano} for the base inside the jar, which is
 * unpacked once, since weights are mapped from files.
 */
public final class ModelFolders {
    private static final String RESOURCES = "/org/sqltune/model/nano/";
    private static final List<String> REQUIRED = List.of("config.json", "tokenizer.json", "tokenizer_config.json");
    private static final List<String> OPTIONAL = List.of("model.safetensors", "generation_config.json", "README.md");

    private final Path cache;

    /** @param cache the folder that bundled models are unpacked into */
    public ModelFolders(Path cache) {
        this.cache = cache;
    }

    /** With the user's cache folder: {@code $XDG_CACHE_HOME/sqltune}, else {@code ~/.cache/sqltune}. */
    public static ModelFolders ofUser() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new ModelFolders(base.resolve("sqltune"));
    }

    /**
     * The folder of a model.
     *
     * @param name {@code model.name}
     * @throws SqlTuneException if there is no such folder
     */
    public Path resolve(String name) {
        if (name.equals(ModelSettings.BUNDLED)) {
            return unpackBundled();
        }
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new SqlTuneException("There is no model folder " + name
                    + ". Download the model and give its folder as model.name, or use " + ModelSettings.BUNDLED
                    + ", the base inside the jar");
        }
        return folder;
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
