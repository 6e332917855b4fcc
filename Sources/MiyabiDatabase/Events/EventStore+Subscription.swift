public import DynamoDB

extension EventStore {
    /// A subscription to what is recorded; nothing is read before it runs.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes of UTF-8. Processes that use one name share the work.
    ///   - options: How it reads.
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/invalidName``.
    public func subscription(
        named name: String, options: StreamSubscription.Options = .init()
    ) throws(SubscriptionError) -> StreamSubscription {
        try StreamSubscription(named: name, to: table, dynamoDB: dynamoDB, options: options, clock: clock)
    }
}

extension StreamEvent {
    /// The event that was recorded; nil when this is no change of MiyabiEvents that records one, such as its expiry.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/unreadableItem``.
    public func recordedEvent() throws(EventError) -> Event? {
        guard eventName == .insert, let item = dynamodb?.newImage, item["event_type"] != nil else { return nil }
        return try Event(item: item)
    }
}
