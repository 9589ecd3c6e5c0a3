package org.sqltune.data.prompt.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/**
 * Reads and writes {@code sqltune.json}: the {@link PromptContract} of a model or an adapter. Keys are sorted; {@code
 * hash} is the SHA-256, in hexadecimal, of all other keys as JSON in UTF-8, sorted and without white space.
 */
public final class ContractFile {
    /** The file's name. */
    public static final String NAME = "sqltune.json";

    /** The newest format version, written if a contract has features that older versions of SqlTune don't support. */
    public static final int VERSION = 2;

    private static final int WITHOUT_TEMPLATES = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ContractFile() {}

    /**
     * Writes the file into an existing folder.
     *
     * @throws IOException if it can't be written
     */
    public static void writeInto(Path folder, PromptContract contract) throws IOException {
        Files.writeString(folder.resolve(NAME), json(contract));
    }

    /**
     * Reads the file of a folder.
     *
     * @return empty if the folder has none
     * @throws SqlTuneException if it is damaged, was changed, or has a newer format version; the message names file,
     *     value and remedy
     */
    public static Optional<PromptContract> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(read(ContractReader.of(file)));
    }

    /**
     * Reads a contract that another file carries as text, such as a GGUF file.
     *
     * @param file that file, for errors
     * @throws SqlTuneException as {@link #read} does
     */
    public static PromptContract parse(Path file, String text) {
        return read(ContractReader.of(file, text));
    }

    private static PromptContract read(ContractReader reader) {
        PromptContract contract = reader.read();
        reader.requireHash(hash(contract));
        return contract;
    }

    /** Returns the file's text. */
    static String json(PromptContract contract) {
        return tree(contract, hash(contract)).toPrettyString() + "\n";
    }

    /** Returns the contract's SHA-256; equal contracts have equal hashes. */
    public static String hash(PromptContract contract) {
        try {
            byte[] text = MAPPER.writeValueAsString(tree(contract, null)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("Every JVM has SHA-256, and a tree of plain values is always JSON", e);
        }
    }

    /** Returns the JSON tree, with keys in order. */
    private static ObjectNode tree(PromptContract contract, @Nullable String hash) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("chat_template", contract.chatTemplate());
        json.put("dialect", lowerCase(contract.dialect()));
        json.put("format_version", version(contract));
        if (hash != null) {
            json.put("hash", hash);
        }
        json.put("max_length", contract.maxLength());
        json.put(
                "prompt_format",
                contract.promptFormat() == null ? ContractReader.OWN_TEXTS : lowerCase(contract.promptFormat()));
        if (version(contract) > WITHOUT_TEMPLATES) {
            json.put("prompt_template", contract.promptTemplate());
        }
        json.put("prompt_wording", contract.wording());
        json.put("schema_comments", contract.comments());
        json.put("schema_foreign_keys", contract.foreignKeys());
        json.put("schema_format", lowerCase(contract.schemaFormat()));
        json.put("schema_max_tokens", contract.schemaMaxTokens());
        json.put("schema_primary_keys", contract.primaryKeys());
        json.put("schema_sample_values", contract.sampleValues());
        contract.stop().forEach(json.putArray("stop")::add);
        if (version(contract) > WITHOUT_TEMPLATES) {
            json.put("system_prompt", contract.systemPrompt());
        }
        if (contract.knowledge().tellsAnything()) {
            json.set(ContractReader.KNOWLEDGE, ContractKnowledge.json(contract.knowledge()));
        }
        if (contract.valueLinks() > 0) {
            // Written only if there are some, so that other files stay the same in every version.
            json.put(ContractReader.VALUE_LINKS, contract.valueLinks());
        }
        return json;
    }

    /**
     * Returns the lowest format version that suffices: contracts without templates stay readable for older versions
     * of SqlTune.
     */
    private static int version(PromptContract contract) {
        boolean templates =
                contract.promptTemplate() != null || contract.systemPrompt() != null || contract.chatTemplate() != null;
        return templates ? VERSION : WITHOUT_TEMPLATES;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
