package org.sqltune.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Map;
import org.sqltune.core.text.Secrets;

/** Writes a {@link RunConfig} as YAML that {@link RunConfigLoader} reads back to an equal one. */
public final class RunConfigWriter {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            // Jackson would write a path as an absolute URI.
            .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
            .build();

    private RunConfigWriter() {}

    /**
     * Every key of every section, with {@code null} where there is no value. It may hold a password, see {@link
     * #toPublicYaml}.
     */
    public static String toYaml(RunConfig config) {
        return written(config);
    }

    /** As {@link #toYaml}, for a file that others may see: without passwords and other secrets. */
    public static String toPublicYaml(RunConfig config) {
        return written(toTree(config));
    }

    private static String written(Object config) {
        try {
            return YAML.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of plain values can't fail to be written", e);
        }
    }

    /** The same as a tree of sections and keys, for whoever writes another format. */
    public static ObjectNode toTree(RunConfig config) {
        ObjectNode tree = YAML.valueToTree(config);
        mask(tree);
        return tree;
    }

    private static void mask(ObjectNode tree) {
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            JsonNode value = entry.getValue();
            if (value instanceof ObjectNode section) {
                mask(section);
            } else if (value.isTextual()) {
                entry.setValue(TextNode.valueOf(Secrets.withoutSecrets(value.textValue())));
            }
        }
    }
}
