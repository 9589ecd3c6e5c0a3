package org.sqltune.model.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sqltune.model.folder.CompanionFiles;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.RepositoryListing;
import org.sqltune.model.hub.client.RepositoryRevision;

/** Which files of a repository a model is made of, by the names that transformers gives them. */
final class ModelFiles {
    /** What a model's folder has, if the model has it at all. */
    static final List<String> EXPECTED =
            List.of("config.json", "generation_config.json", "tokenizer_config.json", "tokenizer.json");

    private static final List<String> FURTHER_FILES = List.of(
            CompanionFiles.CONTRACT,
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt");
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String ADAPTER = "adapter_config.json";
    private static final String ADAPTER_WEIGHTS = "adapter_model.safetensors";
    private static final List<String> PICKLES = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

    private ModelFiles() {}

    /**
     * Files of a listing, settings first.
     *
     * @param what the repository at the commit, for messages
     * @param reader fetches a file of the listing that must be read to know what else is needed
     * @throws HubException if the repository holds no model that can be used
     */
    static List<String> select(
            RepositoryRevision what,
            RepositoryListing listing,
            FileSelection selection,
            Function<String, ObjectNode> reader) {
        if (selection == FileSelection.EVERYTHING) {
            return List.copyOf(listing.paths());
        }
        Set<String> paths = new LinkedHashSet<>();
        Stream.concat(EXPECTED.stream(), FURTHER_FILES.stream())
                .filter(listing::has)
                .forEach(paths::add);
        if (selection == FileSelection.MODEL_OR_ADAPTER && isAdapter(listing)) {
            paths.addAll(adapter(what, listing));
        } else if (selection != FileSelection.TOKENIZER) {
            paths.addAll(weights(what, listing, reader));
        } else if (!listing.has("config.json")) {
            throw noModel(what, listing);
        }
        return List.copyOf(paths);
    }

    private static List<String> weights(
            RepositoryRevision what, RepositoryListing listing, Function<String, ObjectNode> reader) {
        if (listing.has("config.json") && listing.has(WEIGHTS)) {
            return List.of(WEIGHTS);
        }
        if (listing.has("config.json") && listing.has(INDEX)) {
            List<String> files = new ArrayList<>(List.of(INDEX));
            files.addAll(shards(reader.apply(INDEX)));
            return files;
        }
        if (isAdapter(listing)) {
            throw new HubException(
                    Reason.UNUSABLE,
                    "The " + what + " is an adapter, not a model: fetch it by sqltune download "
                            + what.repository().name()
                            + " and give the folder that this prints as --adapter-path, beside the model it belongs to");
        }
        throw noModel(what, listing);
    }

    /** Some adapters bring the settings of their model along, but not its weights. */
    private static boolean isAdapter(RepositoryListing listing) {
        boolean isModel = listing.has("config.json") && (listing.has(WEIGHTS) || listing.has(INDEX));
        return listing.has(ADAPTER) && !isModel;
    }

    private static List<String> adapter(RepositoryRevision what, RepositoryListing listing) {
        if (listing.has(ADAPTER_WEIGHTS)) {
            return List.of(ADAPTER, ADAPTER_WEIGHTS);
        }
        throw new HubException(
                Reason.UNUSABLE,
                "The " + what + " is an adapter without adapter_model.safetensors. An adapter_model.bin is a pickle,"
                        + " which is not read for safety: save the adapter again with PEFT's save_pretrained");
    }

    /** The files that an index names; empty if it names none. */
    private static Set<String> shards(ObjectNode index) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : index.path("weight_map")) {
            names.add(name.asText());
        }
        return names;
    }

    private static HubException noModel(RepositoryRevision what, RepositoryListing listing) {
        if (PICKLES.stream().anyMatch(listing::has)) {
            return new HubException(
                    Reason.UNUSABLE,
                    "The " + what
                            + " has its weights only as pytorch_model.bin, a pickle, which is not read for safety."
                            + " Save it again: transformers' AutoModelForCausalLM.from_pretrained('"
                            + what.repository().name() + "').save_pretrained(FOLDER) writes safetensors; give FOLDER as"
                            + " model.name. Or see whether the repository has safetensors under another revision, such"
                            + " as refs/pr/1");
        }
        String instead = listing.paths().stream().anyMatch(path -> path.endsWith(".gguf"))
                ? " (GGUF files are for inference elsewhere; name the repository they were made from)"
                : "";
        return new HubException(
                Reason.UNUSABLE,
                "The " + what + " has no config.json with model.safetensors or its shards" + instead
                        + ": name a model in Hugging Face's format");
    }

    /**
     * How much of a model is there.
     *
     * @param has whether a file is there
     * @param lacks whether it is known that the repository has no such file
     * @param reader reads a file that is there
     */
    static Presence presence(
            FileSelection selection,
            Predicate<String> has,
            Predicate<String> lacks,
            Function<String, ObjectNode> reader) {
        if (selection == FileSelection.MODEL_OR_ADAPTER && has.test(ADAPTER) && has.test(ADAPTER_WEIGHTS)) {
            return Presence.USABLE;
        }
        boolean usable = has.test("config.json")
                && has.test("tokenizer.json")
                && (selection == FileSelection.TOKENIZER || hasWeights(has, reader));
        boolean whole = EXPECTED.stream().allMatch(path -> has.test(path) || lacks.test(path));
        return usable ? whole ? Presence.WHOLE : Presence.USABLE : Presence.PARTIAL;
    }

    private static boolean hasWeights(Predicate<String> has, Function<String, ObjectNode> reader) {
        if (has.test(WEIGHTS)) {
            return true;
        }
        if (!has.test(INDEX)) {
            return false;
        }
        Set<String> shards = shards(reader.apply(INDEX));
        return !shards.isEmpty() && shards.stream().allMatch(has);
    }

    /** How much of a model is in a cache. */
    enum Presence {
        /** All of it, as far as anybody can tell. */
        WHOLE,
        /** What can't be done without; it isn't known whether there is more. */
        USABLE,
        /** Not enough. */
        PARTIAL
    }
}
