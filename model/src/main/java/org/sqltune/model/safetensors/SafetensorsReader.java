package org.sqltune.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The tensors of one or several safetensors files by name. Files of {@link #COPIED_BELOW} bytes and more are mapped into
 * memory with 64-bit offsets: a tensor that is read stays on disk until its elements are used, and no tensor is limited in
 * size.
 *
 * <p>Such a file must not be changed in place while tensors of it live: they would change with it, and a file that is cut
 * short takes the process down when what is gone is used. {@link MappedFiles} looks whether that happened. Replacing it by
 * renaming another, as downloads and {@code AtomicFiles} do, is safe: the old content lives as long as its mapping.
 */
public final class SafetensorsReader implements AutoCloseable {
    /**
     * Files below this size, in bytes, are copied: reading and using all of such a file takes twice as long as mapping it
     * does, and no change of the file matters then. No base model of use is that small.
     */
    public static final long COPIED_BELOW = 32L << 20;

    private final Torch torch;
    private final TensorScope scope;
    private final String source;
    private final long copiedBelow;
    private final Map<String, TensorInfo> tensors;
    private final Map<Path, Long> sizes = new HashMap<>();
    private final Map<String, Tensor> mappings = new HashMap<>();
    private final MappedFiles mapped;
    private boolean mappedTaken;

    private SafetensorsReader(
            Torch torch, String source, long copiedBelow, boolean leased, Map<String, TensorInfo> tensors) {
        this.torch = torch;
        this.mapped = new MappedFiles(leased);
        this.copiedBelow = copiedBelow;
        tensors.values().forEach(info -> sizes.merge(info.file(), info.end(), Math::max));
        this.scope = torch.scope();
        this.source = source;
        this.tensors = tensors;
    }

    /** Opens one file. */
    public static SafetensorsReader ofFile(Torch torch, Path file) {
        return ofFile(torch, file, COPIED_BELOW);
    }

    /** As {@link #ofFile(Torch, Path)}, with another limit in the place of {@link #COPIED_BELOW}. */
    static SafetensorsReader ofFile(Torch torch, Path file, long copiedBelow) {
        return new SafetensorsReader(torch, file.toString(), copiedBelow, true, SafetensorsHeader.read(file));
    }

    /**
     * Opens a model folder: {@code model.safetensors}, or the shards that {@code model.safetensors.index.json} names.
     *
     * @throws SqlTuneException if neither is there, or a file is missing or damaged
     */
    public static SafetensorsReader ofModelFolder(Torch torch, Path folder) {
        return ofModelFolder(torch, folder, COPIED_BELOW, true);
    }

    /**
     * As {@link #ofModelFolder(Torch, Path)}, with another limit in the place of {@link #COPIED_BELOW}.
     *
     * @param leased whether other programs wait before they change a mapped file, where the system can do that
     */
    public static SafetensorsReader ofModelFolder(Torch torch, Path folder, long copiedBelow, boolean leased) {
        return new SafetensorsReader(torch, folder.toString(), copiedBelow, leased, WeightFiles.read(folder));
    }

    /** Names of all tensors. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Where a tensor lies; null if there is none of that name. */
    public @Nullable TensorInfo info(String name) {
        return tensors.get(name);
    }

    /** Whether there is a tensor of that name and shape. */
    public boolean has(String name, long... shape) {
        TensorInfo info = tensors.get(name);
        return info != null && Arrays.equals(info.shape(), shape);
    }

    /**
     * A tensor in the element type asked for: a view of the mapped file where the file is large, the types agree and the
     * elements are aligned, else a copy, and then what was read of the file leaves the process's memory again.
     *
     * @param owner the scope that owns the result; the file stays mapped as long as a view of it lives
     * @param shape the shape it must have
     * @throws SqlTuneException if it is missing or has another shape
     */
    public Tensor read(TensorScope owner, String name, ElementType type, long... shape) {
        return read(owner, checked(name, shape), type);
    }

    /** A tensor of whatever shape it has; otherwise as {@link #read(TensorScope, String, ElementType, long...)}. */
    public Tensor read(TensorScope owner, TensorInfo info, ElementType type) {
        if (isCopied(info)) {
            return copied(owner, info, type);
        }
        if (info.type() == type && isAligned(info)) {
            return stored(owner, info, wanted -> mapping(info, wanted));
        }
        try (TensorScope temporary = torch.scope()) {
            Tensor stored = stored(temporary, info, wanted -> map(temporary, info, wanted));
            return owner.keep(torch.cast(temporary, stored, type));
        }
    }

    /**
     * A tensor as it is stored, through a mapping that nothing else shares: when {@code owner} closes, what was read of
     * the file leaves the process's memory.
     *
     * @throws SqlTuneException if it is missing or has another shape
     */
    public Tensor readApart(TensorScope owner, String name, long... shape) {
        TensorInfo info = checked(name, shape);
        return isCopied(info)
                ? copied(owner, info, info.type())
                : stored(owner, info, wanted -> map(owner, info, wanted));
    }

    private TensorInfo checked(String name, long... shape) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new SqlTuneException(source + " has no tensor " + name
                    + ", which the configuration calls for. Check that weights and configuration belong together");
        }
        if (!Arrays.equals(info.shape(), shape)) {
            throw new SqlTuneException(source + ": tensor " + name + " has shape " + Arrays.toString(info.shape())
                    + " but the configuration calls for " + Arrays.toString(shape)
                    + ". Check that weights and configuration belong together");
        }
        return info;
    }

    /** A view of the mapped file; a copy where the elements aren't aligned. */
    private Tensor stored(TensorScope owner, TensorInfo info, Function<ElementType, Tensor> mapping) {
        ElementType type = info.type();
        if (!isAligned(info)) {
            Tensor file = mapping.apply(ElementType.UINT8);
            return torch.copyMapped(owner, file, info.start(), info.end() - info.start(), type, info.shape());
        }
        long start = info.start() / type.bytes();
        long count = (info.end() - info.start()) / type.bytes();
        return torch.viewMapped(owner, mapping.apply(type), start, count, info.shape());
    }

    private boolean isCopied(TensorInfo info) {
        return sizes.getOrDefault(info.file(), 0L) < copiedBelow;
    }

    /** Reads the file instead of mapping it. */
    private Tensor copied(TensorScope owner, TensorInfo info, ElementType type) {
        int length = Math.toIntExact(info.end() - info.start());
        if (length == 0) {
            return torch.zeros(owner, type, info.shape());
        }
        try (FileChannel channel = FileChannel.open(info.file(), StandardOpenOption.READ);
                TensorScope temporary = torch.scope()) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, info.start() + bytes.position()) < 0) {
                    throw SafetensorsHeader.truncated(info.file(), info.end(), channel.size());
                }
            }
            Tensor raw = temporary.bytes(bytes.flip());
            Tensor stored = torch.copyMapped(temporary, raw, 0, length, info.type(), info.shape());
            return owner.keep(torch.cast(temporary, stored, type));
        } catch (IOException e) {
            throw unreadable(info, e);
        }
    }

    private static SqlTuneException unreadable(TensorInfo info, IOException cause) {
        return new SqlTuneException(
                "Can't read " + info.file() + ": " + Failures.reason(cause) + ". Check the disk", cause);
    }

    /**
     * The files that tensors read so far are views of. The caller closes it, when it no longer uses those tensors.
     */
    public MappedFiles takeMapped() {
        mappedTaken = true;
        return mapped;
    }

    private static boolean isAligned(TensorInfo info) {
        return info.start() % info.type().bytes() == 0;
    }

    private Tensor mapping(TensorInfo info, ElementType type) {
        return mappings.computeIfAbsent(type + " " + info.file(), key -> {
            try {
                mapped.watch(info.file());
                return map(scope, info, type);
            } catch (IOException e) {
                throw unreadable(info, e);
            }
        });
    }

    private Tensor map(TensorScope owner, TensorInfo info, ElementType type) {
        try {
            long size = Files.size(info.file());
            if (size < info.end()) {
                throw SafetensorsHeader.truncated(info.file(), info.end(), size);
            }
            return torch.mapFile(owner, info.file(), size / type.bytes(), type);
        } catch (IOException e) {
            throw unreadable(info, e);
        }
    }

    /** Forgets the mappings; tensors read from them stay valid. */
    @Override
    public void close() {
        scope.close();
        if (!mappedTaken) {
            mapped.close();
        }
    }
}
