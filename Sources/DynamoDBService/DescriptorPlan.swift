internal import Glibc

/// What the file descriptors of a process that runs an engine and its server are for.
///
/// Connections take what storage leaves, so that they can never keep it from opening a file: it could write no more.
public struct DescriptorPlan: Sendable, Hashable {
    /// For `Engine.Options.maximumOpenFiles`.
    public let openFiles: Int
    /// For ``ServerLimits/connections``.
    public let connections: Int

    /// Logs, new files, backups, the connections to PostgreSQL, and what else a process has open.
    private static let reserve = 256
    /// What a plan cannot do without.
    private static let minimum = 512

    /// Divides so many descriptors, of which the rest stays unused.
    ///
    /// - Throws: ``DescriptorsMissing`` for fewer than 512.
    public init(limit: Int) throws(DescriptorsMissing) {
        guard limit >= Self.minimum else { throw DescriptorsMissing(limit: limit, minimum: Self.minimum) }
        let available = limit - Self.reserve
        openFiles = min(1024, available / 2)
        connections = min(ServerLimits().connections, available - openFiles)
    }

    /// Raises the process's limit of descriptors as far as is allowed and useful, and divides them.
    ///
    /// - Throws: ``DescriptorsMissing``.
    public static func forThisProcess() throws(DescriptorsMissing) -> DescriptorPlan {
        try DescriptorPlan(limit: raiseLimit(to: 65_536))
    }

    /// - Returns: the limit that holds now.
    private static func raiseLimit(to wanted: UInt64) -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        // A process whose limit cannot be known has what POSIX promises.
        guard getrlimit(resource, &limit) == 0 else { return Int(_POSIX_OPEN_MAX) }
        var raised = limit
        raised.rlim_cur = rlim_t(max(UInt64(limit.rlim_cur), min(UInt64(limit.rlim_max), wanted)))
        if raised.rlim_cur != limit.rlim_cur, setrlimit(resource, &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }
}

/// The process may not open as many files and connections as it needs.
public struct DescriptorsMissing: Error, Sendable, CustomStringConvertible {
    /// The limit that holds.
    public let limit: Int
    /// The least that is needed.
    public let minimum: Int

    /// A sentence for the operator, with what to do.
    public var description: String {
        "This process may open only \(limit) files but needs \(minimum): raise the limit (ulimit -n) and start again"
    }
}
