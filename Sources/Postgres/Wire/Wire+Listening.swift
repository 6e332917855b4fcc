extension Wire {
    /// Listens, and from then on keeps notifications for `nextNotification`; until `endListening`, nothing else can run.
    nonisolated func beginListening(on channels: [String]) async throws {
        let sql = channels.map { "LISTEN \(PostgresIdentifier.quote($0))" }.joined(separator: ";")
        try PostgresQuery.validate(sql)
        try await inTurn { wire in
            try wire.admit(.lasting)
            _ = try await wire.script(sql)
            wire.mode = .listening
        }
    }

    /// Waits for the next notification; `nil` when nobody listens any more.
    nonisolated func nextNotification() async throws -> PostgresNotification? {
        try await inTurn { wire in
            while wire.mode == .listening {
                guard let handle = wire.handle, !handle.isBad else { break }
                if let notification = handle.nextNotification() { return notification }
                _ = try await wire.ready(.read)
                if let cause = wire.state.cause { throw wire.cancellationError(cause) }
                _ = wire.handle?.consumeInput()
                _ = wire.handle?.isBusy  // makes libpq look at what has arrived
            }
            guard wire.handle?.isBad == false else {
                wire.shut()
                throw wire.lost("the connection broke while it listened")
            }
            return nil
        }
    }

    nonisolated func endListening() async throws {
        try await inTurn(shielded: true, within: limits.control) { wire in
            guard wire.mode == .listening else { return }
            wire.mode = .statements
            _ = try await wire.script("UNLISTEN *")
            wire.handle?.discardNotifications()
        }
    }
}
