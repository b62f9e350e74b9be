//! Errors, with the code that clients of the service evaluate.
//!
//! Codes that are documented or were captured have a constructor. Where the service's response is unknown,
//! the code is a [`Guess`], which a pool can override and which its response names.

mod chinese;
pub(crate) mod guess;
mod text;

use std::borrow::Cow;

use serde_json::{Value, json};

pub use self::guess::{Guess, UnknownGuess};

use self::guess::Codes;
pub(crate) use self::text::Text;

/// The language of messages, from `x-authing-lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    /// The service's default.
    #[default]
    Chinese,
    English,
}

impl Lang {
    pub(crate) fn from_header(value: Option<&str>) -> Self {
        match value {
            Some(value) if value.starts_with("en") => Self::English,
            _ => Self::Chinese,
        }
    }
}

/// The message of a successful operation.
pub(crate) const DONE: Text = Text::both("success", "操作成功");

/// An error of the API.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) code: i64,
    pub(crate) text: Text,
    pub(crate) data: Option<Value>,
    /// The guess, if the service's own code is unknown.
    pub(crate) guess: Option<Guess>,
    /// The HTTP status of the REST form; GraphQL always returns 200.
    pub(crate) status: u16,
}

impl ApiError {
    pub(crate) fn new(code: i64, text: Text) -> Self {
        Self { code, text, data: None, guess: None, status: 200 }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The part of a GraphQL error that the clients read.
    pub(crate) fn message(&self, lang: Lang) -> Value {
        let mut message = json!({ "code": self.code, "message": self.text.in_lang(lang) });
        if let (Some(data), Some(object)) = (&self.data, message.as_object_mut()) {
            object.insert("data".to_owned(), data.clone());
        }
        message
    }

    /// An error whose code is a guess. The pool's own code for it is inserted when the response is written.
    pub(crate) fn guess(guess: Guess, text: impl Into<Text>) -> Self {
        Self { guess: Some(guess), ..Self::new(guess.default_code(), text.into()) }
    }

    /// Returns the error with the code that this pool was configured to use.
    pub(crate) fn settle(mut self, codes: &Codes) -> Self {
        if let Some(guess) = self.guess {
            self.code = codes.of(guess);
        }
        self
    }

    /// Invalid input.
    pub(crate) fn invalid(message: impl Into<Text>) -> Self {
        Self::guess(Guess::InvalidInput, message)
    }

    /// The pool itself failed.
    pub(crate) fn other(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(500, Text::english(message))
    }

    /// The emulator does not support it.
    pub(crate) fn unsupported(what: &str) -> Self {
        Self::new(500, Text::english(format!("{what} is not supported by the emulator"))).with_status(501)
    }

    pub(crate) fn not_logged_in() -> Self {
        Self::new(2020, Text::both("not logged in or no access", "尚未登录，无访问权限"))
    }

    pub(crate) fn user_not_found() -> Self {
        Self::new(2004, Text::both("user does not exist", "用户不存在"))
    }

    pub(crate) fn pool_not_found() -> Self {
        Self::new(2224, Text::both("user pool does not exist", "用户池不存在"))
    }

    pub(crate) fn wrong_secret() -> Self {
        Self::guess(Guess::WrongSecret, Text::both("user pool secret is wrong", "用户池密钥错误"))
    }

    pub(crate) fn user_exists() -> Self {
        Self::new(2026, Text::both("user already exists", "用户已存在"))
    }

    pub(crate) fn username_exists() -> Self {
        Self::new(2034, Text::both("username already exists", "用户名已存在"))
    }

    pub(crate) fn phone_bound() -> Self {
        Self::new(2035, Text::both("phone is already bound", "手机号已被绑定"))
    }

    pub(crate) fn email_bound() -> Self {
        Self::new(2200, Text::both("email is already bound", "邮箱已被绑定"))
    }

    pub(crate) fn password_not_decrypted() -> Self {
        Self::new(2016, Text::both("password cannot be decrypted", "密码解密失败"))
    }

    pub(crate) fn too_many_users() -> Self {
        Self::new(2030, Text::both("at most 80 users can be requested at once", "一次最多查询 80 个用户"))
    }

    pub(crate) fn search_type(field: &str) -> Self {
        Self::new(2015, Text::english(format!("\"{field}\" is not a field that can be searched")))
    }
}
