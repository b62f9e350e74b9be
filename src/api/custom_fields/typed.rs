//! Shared code of requests that read or write custom data.

/// Lets a builder read custom data into a type of the caller's.
macro_rules! reads_custom_data {
    ($builder:ident) => {
        impl $builder {
            /// Sends the request and reads the values into a type of your own. See
            /// [`read_as`](crate::CustomData::read_as).
            ///
            /// # Errors
            /// Returns an [`is_unexpected_answer`](crate::Error::is_unexpected_answer) error if a value does
            /// not fit. Its [`field`](crate::Error::field) is the key, and its message contains the value
            /// found.
            pub fn send_as<T: ::serde::de::DeserializeOwned>(&self) -> Result<T, $crate::error::Error> {
                let read = self.send()?.read_as();
                read.map_err(|error: $crate::error::Error| {
                    error.in_operation(<Self as $crate::wire::Operation>::NAME)
                })
            }
        }
    };
}
pub(crate) use reads_custom_data;

/// Adds the setters of a builder that writes custom data.
macro_rules! writes_custom_data {
    ($builder:ident) => {
        impl $builder {
            /// Sets the value of one key.
            pub fn value(
                mut self,
                key: impl Into<String>,
                value: impl Into<$crate::model::CustomValue>,
            ) -> Self {
                self.data.insert(key.into(), value.into());
                self
            }

            /// Sets the values of several keys.
            pub fn values<K: Into<String>, V: Into<$crate::model::CustomValue>>(
                mut self,
                values: impl IntoIterator<Item = (K, V)>,
            ) -> Self {
                for (key, value) in values {
                    self.data.insert(key.into(), value.into());
                }
                self
            }

            /// Sets the fields of a struct or the entries of a map. See
            /// [`CustomDataInput::of`](crate::CustomDataInput::of).
            pub fn from(mut self, fields: &(impl ::serde::Serialize + ?Sized)) -> Self {
                self.data = self.data.and(fields);
                self
            }
        }
    };
}
pub(crate) use writes_custom_data;

/// Like `reads_custom_data`, for the custom data of many targets.
macro_rules! reads_custom_data_of_many {
    ($builder:ident) => {
        impl $builder {
            /// Sends the request and reads the values of each target into a type of your own, by id.
            ///
            /// # Errors
            /// Returns an [`is_unexpected_answer`](crate::Error::is_unexpected_answer) error if a value does
            /// not fit. Its [`field`](crate::Error::field) is the key, and its message contains the target
            /// and the value found.
            pub fn send_as<T: ::serde::de::DeserializeOwned>(
                &self,
            ) -> Result<::std::collections::BTreeMap<String, T>, $crate::error::Error> {
                let read = self.send()?.read_as();
                read.map_err(|error: $crate::error::Error| {
                    error.in_operation(<Self as $crate::wire::Operation>::NAME)
                })
            }

            fn are_requested(
                &self,
                data: &$crate::model::CustomDataOfMany,
            ) -> Result<(), $crate::error::Error> {
                data.must_be_of(&self.ids)
            }
        }
    };
}
pub(crate) use reads_custom_data_of_many;
