package org.sqltune.model.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The TorchScript source of one module: functions in files under {@code /org/sqltune/model/torchscript}, which become the
 * methods of one class.
 *
 * @param files names of the files without their ending, in the order in which they are joined
 */
public record ScriptSource(List<String> files) {
    public ScriptSource {
        files = List.copyOf(files);
    }

    /** The source in these files. */
    public static ScriptSource of(String... files) {
        return new ScriptSource(List.of(files));
    }

    /**
     * The class {@code M(Module)} that libtorch compiles.
     *
     * @param attributes values of the class's attributes, whose types they decide: {@code Integer}, {@code Double}, {@code
     *     Boolean} or {@code String}
     */
    String asClass(Map<String, Object> attributes) {
        StringBuilder source = new StringBuilder("class M(Module):\n");
        source.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        attributes.forEach((name, value) -> source.append("  " + name + " : " + scriptType(value) + "\n"));
        for (String file : files) {
            read(file).lines().forEach(line -> source.append(line.isEmpty() ? "\n" : "  " + line + "\n"));
        }
        return source.toString();
    }

    private static String scriptType(Object value) {
        if (value instanceof Integer) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof String) {
            return "str";
        }
        throw new IllegalArgumentException("no TorchScript type for " + value.getClass());
    }

    private static String read(String file) {
        String resource = "/org/sqltune/model/torchscript/" + file + ".py";
        try (InputStream in = ScriptSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
