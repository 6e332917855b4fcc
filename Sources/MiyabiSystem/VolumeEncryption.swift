import Glibc

/// How the volume below a directory is encrypted, as far as this machine's kernel knows. Disks that encrypt themselves, and
/// volumes that a cloud encrypts, look like `none` from here.
public enum VolumeEncryption: String, Codable, Sendable, CaseIterable {
    /// The block device is dm-crypt's (LUKS), or all of its parts are.
    case dmCrypt = "dm-crypt"
    /// The directory has a policy of fscrypt (ext4, f2fs, UBIFS).
    case fscrypt
    /// A block device without encryption.
    case none
    /// What cannot be seen: an overlay, a network, memory.
    case unknown

    /// Whether it is known that what is written there is encrypted.
    public var isEncrypted: Bool { self == .dmCrypt || self == .fscrypt }

    /// Asks the kernel about a directory, or about the nearest one above it that is there.
    public static func of(_ path: String) -> VolumeEncryption {
        guard let directory = existing(path) else { return .unknown }
        if hasPolicy(directory) { return .fscrypt }
        return BlockDevices.ofThisMachine.encryption(of: directory)
    }

    private static func existing(_ path: String) -> String? {
        var path = path
        while true {
            if let resolved = Files.resolve(path) { return resolved }
            guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }

    /// `FS_IOC_GET_ENCRYPTION_POLICY_EX`: <https://docs.kernel.org/filesystems/fscrypt.html>
    private static func hasPolicy(_ directory: String) -> Bool {
        let descriptor = open(directory, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let request: UInt = 0xC009_6616
        let policyLength: UInt64 = 24
        var argument = [UInt64](repeating: 0, count: 4)
        argument[0] = policyLength
        return argument.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { ioctl(descriptor, request, $0) == 0 } ?? false
        }
    }
}

/// What the kernel tells of mounts and block devices; a test gives its own.
package struct BlockDevices: Sendable {
    /// The text of `/proc/self/mountinfo`.
    package var mounts: String
    /// The text of a file of `/sys`, without the line's end; nil if there is none.
    package var read: @Sendable (String) -> String?
    /// The names in a directory of `/sys`.
    package var list: @Sendable (String) -> [String]

    package init(
        mounts: String, read: @escaping @Sendable (String) -> String?, list: @escaping @Sendable (String) -> [String]
    ) {
        (self.mounts, self.read, self.list) = (mounts, read, list)
    }

    static var ofThisMachine: BlockDevices {
        BlockDevices(
            mounts: Files.read("/proc/self/mountinfo") ?? "",
            read: { path in Files.read(path).map { $0.trimmingLineEnd } }, list: { Files.entries($0) })
    }

    /// One line of mountinfo: <https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html>
    private struct Mount {
        let device: String
        let point: String
        let type: String

        init?(_ line: Substring) {
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count > 6, let dash = words[6...].firstIndex(of: "-"), dash + 1 < words.count else {
                return nil
            }
            device = words[2]
            point = words[4].unescapingOctal
            type = words[dash + 1]
        }

        func holds(_ path: String) -> Bool { point == "/" || path == point || path.hasPrefix(point + "/") }
    }

    /// The encryption of the device below a path.
    package func encryption(of path: String, depth: Int = 0) -> VolumeEncryption {
        let all = mounts.split(separator: "\n").compactMap(Mount.init)
        // Of those at the same place the last one counts: it hides the others.
        let deepest = all.filter { $0.holds(path) }.enumerated().max {
            ($0.element.point.utf8.count, $0.offset) < ($1.element.point.utf8.count, $1.offset)
        }
        guard let mount = deepest?.element, depth < 8 else { return .unknown }
        // Without a device of its own: an overlay, memory, a network, and file systems over several disks.
        guard !mount.device.hasPrefix("0:") else { return .unknown }
        return encryption(ofDevice: "/sys/dev/block/\(mount.device)", depth: depth)
    }

    private func encryption(ofDevice device: String, depth: Int) -> VolumeEncryption {
        guard depth < 8, read("\(device)/dev") != nil else { return .unknown }
        if let id = read("\(device)/dm/uuid"), id.hasPrefix("CRYPT-") { return .dmCrypt }
        // A loop device is as its file is.
        if let file = read("\(device)/loop/backing_file") { return encryption(of: file, depth: depth + 1) }
        // A partition is as its whole device is, which may consist of others (RAID).
        let whole = read("\(device)/partition") == nil ? device : "\(device)/.."
        if whole != device, let file = read("\(whole)/loop/backing_file") {
            return encryption(of: file, depth: depth + 1)
        }
        let parts = list("\(whole)/slaves").map { encryption(ofDevice: "/sys/class/block/\($0)", depth: depth + 1) }
        if parts.isEmpty { return .none }
        if parts.contains(.none) { return .none }
        return parts.contains(.unknown) ? .unknown : .dmCrypt
    }
}

extension String {
    fileprivate var trimmingLineEnd: String { String(prefix { $0 != "\n" }) }

    /// Spaces and the like are written as `\040`.
    fileprivate var unescapingOctal: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
