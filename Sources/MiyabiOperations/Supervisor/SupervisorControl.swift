import Glibc
public import Logging
public import MiyabiHome
public import MiyabiSystem

/// What can be done to the supervisor of a home from outside: stop it, and remove what it leaves.
public struct SupervisorControl: Sendable {
    /// The home.
    public let home: MiyabiHome
    private let logger: Logger

    /// Controls the supervisor of a home.
    public init(home: MiyabiHome, logger: Logger) {
        self.home = home
        self.logger = logger
    }

    /// Stops the supervisor and everything that it runs, and waits for its end. Where none runs, a PostgreSQL server that a
    /// killed one left behind is stopped.
    ///
    /// - Returns: whether anything was running.
    /// - Throws: `timeout`, saying which step hangs; `system` when the supervisor is another user's.
    @discardableResult
    public func stop(within patience: Duration = .seconds(90)) async throws(OperationsError) -> Bool {
        try home.requireAccess()
        guard home.exists else { return false }
        guard FileLock.isHeld(home.lockFile) else { return try await stopOrphan() }
        let deadline = ContinuousClock.now + patience
        // One that has just taken the lock says a moment later what it is.
        while try EnvironmentState.current(of: home) == nil, FileLock.isHeld(home.lockFile),
            ContinuousClock.now < deadline
        {
            await Polling.pause(.milliseconds(10))
        }
        guard let state = try EnvironmentState.current(of: home), let holder = FileLock.holder(home.lockFile) else {
            if !FileLock.isHeld(home.lockFile) { return true }
            throw OperationsError(
                .timeout, "\(home) is held by a restore, or by a supervisor that is just starting",
                advice: "Try again in a moment.")
        }
        try holder.signal(SIGTERM)
        if await Polling.until(within: patience, { !FileLock.isHeld(home.lockFile) }) { return true }
        let step = EnvironmentState.read(home.stateFile)?.step ?? state.step
        throw OperationsError(
            .timeout, "Miyabi (process \(state.pid)) did not stop within \(patience); it is at: \(step)",
            advice: "Wait longer, or end it: kill -9 \(state.pid). Its PostgreSQL then stops by itself, and the next "
                + "`miyabi up` recovers.")
    }

    @discardableResult
    private func stopOrphan() async throws(OperationsError) -> Bool {
        let location = try await ClusterLocation.choose(for: home, account: ServiceAccount.required())
        let orphan = OrphanedServer(dataDirectory: location.data, logger: logger)
        guard orphan.isRunning else { return false }
        try home.requireOwner()
        guard let lock = try FileLock(home.lockFile) else { return false }
        defer { lock.release() }
        try await orphan.stop()
        return true
    }

    /// Removes all data, passwords and logs of the home, wherever they are, and the home itself.
    ///
    /// - Throws: `alreadyRunning` while a supervisor holds the home; `unusableHome` for a directory that is none.
    public func reset() async throws(OperationsError) {
        try home.requireAccess()
        guard home.exists else {
            guard Files.exists(home.path) else { return }
            throw OperationsError(
                .unusableHome, "\(home) is not a Miyabi home: nothing was removed",
                advice: "Name the home with --home or MIYABI_HOME.")
        }
        try await stopOrphan()
        // A reset that was interrupted may have removed it.
        try Files.makeDirectory(home.runDirectory)
        guard let lock = try FileLock(home.lockFile) else {
            throw OperationsError(
                .alreadyRunning, "Miyabi runs in \(home): nothing was removed", advice: "Stop it first: miyabi down")
        }
        defer { lock.release() }
        let location = try await ClusterLocation.choose(for: home, account: ServiceAccount.required())
        try Files.remove(location.socketDirectory)
        try Files.remove(location.root)
        try Files.remove(location.root + ".new")
        try Files.remove(location.certificateDirectory)
        // The marker goes last: a reset that was interrupted can be run again.
        for entry in Files.entries(home.path) where "\(home.path)/\(entry)" != home.marker {
            try Files.remove("\(home.path)/\(entry)")
        }
        try Files.remove(home.marker)
        // A mount point stays, empty; so does what a link leads to, for the next `miyabi up`.
        if Files.status(home.path)?.isSymbolicLink == true { return }
        if rmdir(home.path) != 0 && errno != EBUSY { throw .system("remove", home.path) }
    }
}
